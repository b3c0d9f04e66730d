import { contracts, services } from '@dvmm/contracts';
import { consumersOf } from '@eaf/messaging';
import { listVcsimVms, loginToVcsim } from '@eaf/testing';
import type pg from 'pg';
import { verifyTrail } from '../src/audit/verify-trail.js';
import { mailApiOf, type Stack, verifierOf } from './stack-under-test.js';

/**
 * Looks at vCenter, the database and the mail server from outside and says what is not as promised, in words. It shares
 * no rule with the services. Meant for a system at rest; while work is under way some of it is not true yet.
 */
export async function brokenInvariants(stack: Stack, database: pg.Client): Promise<string[]> {
  return [
    ...(await oneVmPerReadyRequest(stack, database)),
    ...(await everyRequestEnded(database)),
    ...(await oneFateEach(database)),
    ...(await gaplessVersions(database)),
    ...(await everythingHeardOnce(database)),
    ...(await quotaIsWhatExists(database)),
    ...(await everyDeliveryArrived(stack, database)),
    ...(await trailIsWhole(stack)),
  ];
}

async function rowsOf<T extends pg.QueryResultRow>(
  database: pg.Client,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  return (await database.query<T>(sql, values)).rows;
}

/** I1 and I3: vCenter holds one VM for each ready request that was not decommissioned, and no other in a tenant's folder. */
async function oneVmPerReadyRequest(stack: Stack, database: pg.Client): Promise<string[]> {
  const promised = await rowsOf<{ name: string }>(
    database,
    `SELECT vm->>'name' AS name FROM request.request WHERE state IN ('ready', 'created-not-customised')
       AND id NOT IN (SELECT (data->>'requestId')::uuid FROM provisioning.event WHERE type = 'provisioning.vm-decommissioned')`,
  );
  const api = await loginToVcsim(stack.vcsim);
  const vms = (await listVcsimVms(api)).filter(({ name, template }) => !template && !/^DC\d_/.test(name));
  await api.logout();
  const count = (names: readonly { name: string }[]) => Map.groupBy(names, ({ name }) => name);
  const [wanted, real] = [count(promised), count(vms)];
  return [...new Set([...wanted.keys(), ...real.keys()])]
    .filter((name) => wanted.get(name)?.length !== 1 || real.get(name)?.length !== 1)
    .map((name) => `${name}: ${real.get(name)?.length ?? 0} VMs for ${wanted.get(name)?.length ?? 0} ready requests`);
}

/** I2: every accepted request has come to an end, or says for what it waits. */
async function everyRequestEnded(database: pg.Client): Promise<string[]> {
  const stuck = await rowsOf<{ id: string; state: string }>(
    database,
    `SELECT id, state FROM request.request WHERE state IN ('approved', 'provisioning', 'cancelling') AND waiting_reason IS NULL`,
  );
  return stuck.map(({ id, state }) => `request ${id} rests as ${state} and gives no reason`);
}

/** I8: one decision each, and never the requester's own. */
async function oneFateEach(database: pg.Client): Promise<string[]> {
  const twice = await rowsOf<{ stream: string; n: number }>(
    database,
    `SELECT stream, count(*)::int AS n FROM request.event
     WHERE type IN ('request.approved', 'request.rejected', 'request.expired') GROUP BY stream HAVING count(*) > 1`,
  );
  const own = await rowsOf<{ id: string }>(
    database,
    `SELECT e.data->>'requestId' AS id FROM request.event e WHERE e.type = 'request.approved'
       AND e.data->'approverIds' ? (e.data->>'requesterId')`,
  );
  return [
    ...twice.map(({ stream, n }) => `${stream} was decided ${n} times`),
    ...own.map(({ id }) => `request ${id} was approved by its requester`),
  ];
}

/** I6: versions of each stream run 1, 2, 3 … */
async function gaplessVersions(database: pg.Client): Promise<string[]> {
  const perContext = services.map(
    (context) => `SELECT stream FROM ${context}.event GROUP BY tenant_id, stream HAVING max(version) <> count(*)`,
  );
  const gaps = await rowsOf<{ stream: string }>(database, perContext.join(' UNION ALL '));
  return gaps.map(({ stream }) => `${stream} has a gap`);
}

/** I13: each consumer stands at the last version of each stream it hears, and nothing is parked. */
async function everythingHeardOnce(database: pg.Client): Promise<string[]> {
  const found: string[] = [];
  for (const { source, service, durable } of consumersOf(contracts)) {
    const behind = await rowsOf<{ stream: string }>(
      database,
      `SELECT e.stream FROM (SELECT tenant_id, stream, max(version) AS version FROM ${source}.event GROUP BY tenant_id, stream) AS e
       LEFT JOIN ${service}.position p ON p.tenant_id = e.tenant_id AND p.stream = e.stream AND p.consumer = $1
       WHERE p.version IS DISTINCT FROM e.version`,
      [durable],
    );
    found.push(...behind.map(({ stream }) => `${durable} of ${service} is not at the end of ${stream}`));
  }
  for (const service of services) {
    const parked = await rowsOf<{ stream: string; version: number; reason: string }>(
      database,
      `SELECT stream, version, reason FROM ${service}.parked`,
    );
    found.push(...parked.map(({ stream, version, reason }) => `${service} parked ${stream} ${version}: ${reason}`));
  }
  return found;
}

/** I7: what the quotas say is in use or reserved is what requests hold. */
async function quotaIsWhatExists(database: pg.Client): Promise<string[]> {
  const off = await rowsOf<{ tenant: string; counted: number; held: number }>(
    database,
    `SELECT q.tenant_id AS tenant, q.used_vms + q.reserved_vms AS counted, count(r.id)::int AS held
     FROM tenant.quota q LEFT JOIN request.request r ON r.tenant_id = q.tenant_id
       AND r.state NOT IN ('rejected', 'cancelled', 'expired')
       AND NOT (r.state = 'failed' AND EXISTS (SELECT 1 FROM request.event f WHERE f.stream = 'vm-request:' || r.id
         AND f.type = 'request.failed' AND (f.data->>'nothingLeft')::boolean))
       AND r.id NOT IN (SELECT (data->>'requestId')::uuid FROM provisioning.event WHERE type = 'provisioning.vm-decommissioned')
     WHERE q.project_id = '00000000-0000-0000-0000-000000000000'
     GROUP BY q.tenant_id, q.used_vms, q.reserved_vms HAVING count(r.id) <> q.used_vms + q.reserved_vms`,
  );
  return off.map(({ tenant, counted, held }) => `tenant ${tenant}: quota counts ${counted} VMs, requests hold ${held}`);
}

/** I4: each notification is sent, and its mail lies in the mailbox. */
async function everyDeliveryArrived(stack: Stack, database: pg.Client): Promise<string[]> {
  const deliveries = await rowsOf<{ message_id: string; state: string }>(
    database,
    'SELECT message_id, state FROM notification.delivery',
  );
  const mails = (await (await fetch(`${mailApiOf(stack)}/mails`)).json()) as { messageId: string }[];
  const arrived = new Set(mails.map(({ messageId }) => messageId));
  return deliveries
    .filter(({ message_id, state }) => state !== 'sent' || !arrived.has(message_id))
    .map(({ message_id, state }) => `delivery ${message_id} is ${state}, in the mailbox: ${arrived.has(message_id)}`);
}

/** I5: the audit trail is whole, and every event of every context stands in it. */
async function trailIsWhole(stack: Stack): Promise<string[]> {
  const client = await verifierOf(stack);
  try {
    const findings: string[] = [];
    for await (const { tenant, number, what, detail } of verifyTrail(client))
      findings.push(`audit ${tenant} ${number}: ${what}, ${detail}`);
    return findings;
  } finally {
    await client.end();
  }
}

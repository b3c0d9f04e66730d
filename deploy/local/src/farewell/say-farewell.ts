import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { certifyRemoval, contracts, platformTenant, type removeTenant, services } from '@dvmm/contracts';
import { lastLook } from '@dvmm/provisioning/farewell';
import { type AwaitedRemoval, awaitedRemovals, lastAuditEntry } from '@dvmm/tenant/farewell';
import { purgeTenant } from '@eaf/messaging';
import { isRefusal, type Output } from '@eaf/messaging/contract';
import { closeTenant, deleteTenantRows } from '@eaf/migrations';
import { jetstreamManager } from '@nats-io/jetstream';
import type { FarewellDoors } from './farewell-doors.js';

export type Removal = Output<typeof removeTenant>;

/**
 * Deletes what is left of every tenant whose removal the platform has asked for, and leaves a certificate each. Of two that
 * run at once the second waits and finds nothing to do. May be killed at any line and run again.
 * @returns the certified removals, and the tenants that must wait: a VM of theirs is being made or deleted
 */
export async function sayFarewell(
  doors: FarewellDoors,
  say: (line: string) => void = () => {},
): Promise<{ certified: Removal[]; waiting: AwaitedRemoval[] }> {
  const { tenant: owner } = doors.owners;
  await takeTurn(doors, say);
  try {
    const certified: Removal[] = [];
    const waiting: AwaitedRemoval[] = [];
    for (const awaited of await awaitedRemovals(owner)) {
      const removal = await remove(doors, awaited, say);
      if (removal) certified.push(removal);
      else waiting.push(awaited);
    }
    return { certified, waiting };
  } finally {
    await owner.query("SELECT pg_advisory_unlock(hashtextextended('farewell', 0))");
  }
}

async function takeTurn({ owners }: FarewellDoors, say: (line: string) => void): Promise<void> {
  for (let waited = false; ; waited = true) {
    const { rows } = await owners.tenant.query("SELECT pg_try_advisory_lock(hashtextextended('farewell', 0)) AS got");
    if (rows[0].got) return;
    if (!waited) say('Another run of this job deletes the rows; this one waits for it');
    await pause(250);
  }
}

async function remove(
  doors: FarewellDoors,
  { id, name }: AwaitedRemoval,
  say: (line: string) => void,
): Promise<Removal | undefined> {
  const { owners } = doors;
  // First of all: from here on no run can begin, and what was under way a moment ago is seen.
  const machines = await closeTenant(owners.provisioning, 'provisioning', id, (owner) => lastLook(owner, id));
  if (!machines) {
    say(`${name}: a VM is just being made or deleted; its rows stay until that has ended`);
    return undefined;
  }
  for (const service of services.filter((one) => one !== 'provisioning' && one !== 'tenant'))
    await closeTenant(owners[service], service, id, async () => ({}));
  const trail = await closeTenant(owners.tenant, 'tenant', id, async (owner) => ({
    lastAudit: await lastAuditEntry(owner, id),
  }));
  const manager = await jetstreamManager(doors.setUp);
  const messages = await purgeTenant(manager, contracts, id);
  say(`${name}: closed in every schema, ${messages} messages taken out of the streams`);

  const rows: { schema: string; table: string; rows: number }[] = [];
  for (const service of services) {
    const deleted = await deleteTenantRows(owners[service], service, id, (table, n) =>
      say(`${name}: ${service}.${table}, ${n} rows deleted`),
    );
    for (const [table, n] of Object.entries(deleted).sort()) rows.push({ schema: service, table, rows: n });
  }
  // What a relay had in its hands meanwhile.
  await purgeTenant(manager, contracts, id);
  const removal = await doors.calls.askAsService(
    certifyRemoval,
    { id, rows, machines: machines.noted.machines, lastAudit: trail?.noted.lastAudit ?? null },
    { tenant: platformTenant, correlationId: randomUUID() },
    { idempotencyKey: randomUUID() },
  );
  if (isRefusal(removal)) throw new Error(`The service tenant knows of no removal of ${name}.`);
  say(`${name}: removed, ${rows.reduce((sum, one) => sum + one.rows, 0)} rows; the certificate stands`);
  return removal;
}

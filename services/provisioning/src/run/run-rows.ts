import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { type Kysely, sql as raw } from 'kysely';
import type { RunFact } from '../domain/run-state.js';
import type { ProvisioningTables, RunTable } from '../tables.js';

const attention = { left: 0, waits: 1, works: 2, ended: 3 };

/** Rows of the `run` and `vm` tables that follow from a run's event. */
export function rowsOfRun(event: Recorded<RunFact>, sql: Kysely<ProvisioningTables>): SqlStatement[] {
  const fact = event as RunFact;
  const { tenant, time } = event;
  const change = (values: Partial<Pick<RunTable, 'state' | 'step' | 'attention'>> & RunChange) =>
    sql
      .updateTable('run')
      .set({ ...values, changed_at: time })
      .where('tenant_id', '=', tenant)
      .where('id', '=', fact.data.requestId);

  switch (fact.type) {
    case 'provisioning.run-started': {
      const { data } = fact;
      return [
        sql.insertInto('run').values({
          tenant_id: tenant,
          id: data.requestId,
          vm_name: data.vmName,
          vcenter_id: data.vcenterId,
          requester_id: data.requesterId,
          project_id: data.project.id,
          project_name: data.project.name,
          environment: data.environment,
          size: JSON.stringify(data.size),
          template_id: data.templateId,
          instance_uuid: data.instanceUuid,
          state: 'working',
          step: 'check',
          attention: attention.works,
          started_at: time,
          changed_at: time,
        }),
      ];
    }
    case 'provisioning.step-intended':
      return [
        change({
          state: 'working',
          step: fact.data.step,
          attempts: fact.data.attempt,
          waiting: null,
          attention: attention.works,
        }),
      ];
    case 'provisioning.step-progressed':
      return [change({ waiting: null })];
    case 'provisioning.step-done':
      return [change({ waiting: null, ...(fact.data.step === 'clone' ? { clone_task: null } : {}) })];
    case 'provisioning.run-waiting': {
      const { reason, detail, until } = fact.data;
      const waiting = JSON.stringify({ reason, detail, since: time.toISOString(), until });
      // While it is being removed it stays `cancelling`, however long that waits.
      const state = raw<RunTable['state']>`CASE state WHEN 'cancelling' THEN 'cancelling' ELSE 'waiting' END`;
      return [change({ waiting, attention: attention.waits }).set({ state })];
    }
    case 'provisioning.run-resumed': {
      const state = raw<RunTable['state']>`CASE state WHEN 'cancelling' THEN 'cancelling' ELSE 'working' END`;
      return [change({ waiting: null, failure: null, attention: attention.works }).set({ state })];
    }
    case 'provisioning.run-cancelling':
      return [change({ state: 'cancelling', waiting: null, failure: null, attention: attention.works })];
    case 'provisioning.run-giving-up':
      return [change({ state: 'cancelling', waiting: null, attention: attention.works })];
    case 'provisioning.run-failed': {
      const { reason, detail, nothingLeft } = fact.data;
      return [
        change({
          state: 'failed',
          waiting: null,
          failure: JSON.stringify({ reason, detail, nothingLeft }),
          attention: nothingLeft ? attention.ended : attention.left,
        }),
      ];
    }
    case 'provisioning.cancelled':
      return [change({ state: 'cancelled', waiting: null, attention: attention.ended })];
    case 'provisioning.vm-ready': {
      const { hostName, addresses } = fact.data;
      return [
        change({ state: 'done', waiting: null, attention: attention.ended }),
        insertVm({ tenant, time, ...fact.data }, sql, { hostName, addresses }),
      ];
    }
    case 'provisioning.vm-not-customised':
      return [
        change({ state: 'not-customised', waiting: null, failure: null, attention: attention.ended }),
        insertVm({ tenant, time, ...fact.data }, sql, { hostName: null, addresses: [] }),
      ];
  }
}

type RunChange = { waiting?: string | null; failure?: string | null; attempts?: number; clone_task?: null };
type VmMade = { tenant: string; time: Date; requestId: string; vmId: string; moref: string };

/** The VM takes what was granted from its run's row, which the same stream wrote. */
function insertVm(
  made: VmMade,
  sql: Kysely<ProvisioningTables>,
  reported: { hostName: string | null; addresses: string[] },
): SqlStatement {
  return sql
    .insertInto('vm')
    .columns([
      'tenant_id',
      'id',
      'request_id',
      'name',
      'owner_id',
      'project_id',
      'project_name',
      'size',
      'environment',
      'state',
      'power',
      'addresses',
      'host_name',
      'created_at',
      'template_id',
      'vcenter_id',
      'moref',
      'instance_uuid',
    ])
    .expression((eb) =>
      eb
        .selectFrom('run')
        .select([
          'tenant_id',
          raw<string>`${made.vmId}::uuid`.as('vm_id'),
          'id',
          'vm_name',
          'requester_id',
          'project_id',
          'project_name',
          'size',
          'environment',
          raw<string>`'running'`.as('state_of_vm'),
          raw<string>`'on'`.as('power'),
          raw<string>`${JSON.stringify(reported.addresses)}::jsonb`.as('addresses'),
          raw<string | null>`${reported.hostName}::text`.as('host_name'),
          raw<Date>`${made.time}::timestamptz`.as('created_at'),
          'template_id',
          'vcenter_id',
          raw<string>`${made.moref}::text`.as('moref'),
          'instance_uuid',
        ])
        .where('tenant_id', '=', made.tenant)
        .where('id', '=', made.requestId),
    );
}

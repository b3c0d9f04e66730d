import { reportMachines } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { ProvisioningTables } from '../tables.js';

interface Amounts {
  readonly machines: number;
  readonly vcpus: number;
  readonly memory: number;
  readonly disk: number;
}
type ProjectRow = Amounts & {
  readonly id: string;
  readonly name: string;
  readonly powered_on: number;
  readonly cost: number;
  readonly currency: string;
};

const sums = `count(vm.id)::integer AS machines,
              coalesce(sum((vm.size->>'vcpus')::integer), 0)::integer AS vcpus,
              coalesce(sum((vm.size->>'memoryMiB')::bigint), 0)::float8 AS memory,
              coalesce(sum((vm.size->>'diskGiB')::bigint), 0)::float8 AS disk`;

@Controller()
export class ReportMachines {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(reportMachines)
  async handle(
    { days }: Input<typeof reportMachines>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof reportMachines>> {
    const now = new Date();
    const [projects, byDay] = await Promise.all([this.#projects(tenant), this.#days(tenant, days, now)]);
    return {
      asOf: now.toISOString(),
      projects: projects.map(({ id, name, powered_on, cost, currency, ...amounts }) => ({
        project: { id, name },
        ...shown(amounts),
        poweredOn: powered_on,
        monthlyCostCents: cost,
        currency,
      })),
      days: byDay.map(({ day, ...amounts }) => ({ day, ...shown(amounts) })),
    };
  }

  #projects(tenant: string): Promise<ProjectRow[]> {
    return this.database.read<ProjectRow>(tenant, {
      sql: `SELECT vm.project_id AS id, max(vm.project_name) AS name, ${sums},
                   count(*) FILTER (WHERE vm.power = 'on')::integer AS powered_on,
                   sum((vm.size->>'monthlyCostCents')::bigint)::float8 AS cost, vm.size->>'currency' AS currency
            FROM vm WHERE vm.tenant_id = $1 AND vm.state <> 'decommissioned'
            GROUP BY vm.project_id, vm.size->>'currency' ORDER BY cost DESC, name`,
      parameters: [tenant],
    });
  }

  /** When a machine went is its event's to say; the row only knows that it is gone. */
  #days(tenant: string, days: number, now: Date): Promise<(Amounts & { day: string })[]> {
    return this.database.read<Amounts & { day: string }>(tenant, {
      sql: `WITH day AS (
              SELECT day, least(day + interval '1 day', $3::timestamptz AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS its_end
              FROM generate_series(($3::timestamptz AT TIME ZONE 'UTC')::date - ($2::integer - 1),
                                   ($3::timestamptz AT TIME ZONE 'UTC')::date, interval '1 day') AS day
            ), gone AS MATERIALIZED (
              SELECT (data->>'vmId')::uuid AS id, min(time) AS at FROM event
              WHERE tenant_id = $1 AND type = 'provisioning.vm-decommissioned' GROUP BY 1
            ), vm AS MATERIALIZED (
              SELECT vm.id, vm.size, vm.created_at, coalesce(gone.at, 'infinity') AS gone_at
              FROM vm LEFT JOIN gone USING (id) WHERE vm.tenant_id = $1
            )
            SELECT to_char(day.day, 'YYYY-MM-DD') AS day, ${sums}
            FROM day LEFT JOIN vm ON vm.created_at <= day.its_end AND vm.gone_at > day.its_end
            GROUP BY day.day ORDER BY day.day`,
      parameters: [tenant, days, now],
    });
  }
}

function shown({ machines, vcpus, memory, disk }: Amounts) {
  return { machines, vcpus, memoryMiB: memory, diskGiB: disk };
}

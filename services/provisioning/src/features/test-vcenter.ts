import { testVCenter } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { type Connected, HostNotAllowed, Hypervisors } from '../connections/hypervisors.js';
import { VCenterNames } from '../connections/vcenter-names.js';
import { nudge, timer } from '../own-timers.js';
import type { ProvisioningTables } from '../tables.js';

/** Somebody waits for the answer: shorter than the gateway's patience. */
const deadlineMs = 4_000;

@Controller()
export class TestVCenter {
  constructor(
    private readonly hypervisors: Hypervisors,
    private readonly names: VCenterNames,
    private readonly database: Database<ProvisioningTables>,
  ) {}

  @Handles(testVCenter)
  async handle({ id }: Input<typeof testVCenter>, { tenant }: OperationContext): Promise<Reply<typeof testVCenter>> {
    let connected: Connected | undefined;
    try {
      connected = await this.hypervisors.anew(tenant, id);
      if (!connected) return refuse('not-found');
      // What there is to offer comes by the same connection: through the shared one it may be what others last saw.
      const [checks, there] = await Promise.all([
        connected.hypervisor.check(await this.#offered(tenant, id), deadlineMs),
        this.names.through(tenant, connected),
      ]);
      // What the test found out about being away is told to everybody by the inventory's timer.
      await this.database.flush(tenant, [nudge(timer.inventory, id)]);
      const found = { templates: [...(there?.templates ?? [])], networks: [...(there?.networks ?? [])] };
      return { ok: checks.every(({ ok }) => ok), checks, ...found };
    } catch (error) {
      if (!(error instanceof HostNotAllowed)) throw error;
      return { ok: false, checks: [{ check: 'host', ok: false, detail: error.message }], templates: [], networks: [] };
    } finally {
      void connected?.hypervisor.close(); // Never throws.
    }
  }

  /** Templates that people of the tenant may choose: the test says which of them vCenter lacks. */
  async #offered(tenant: string, vcenterId: string): Promise<string[]> {
    const { sql } = this.database;
    const rows = await this.database.read(
      tenant,
      sql
        .selectFrom('vm_template')
        .select('vcenter_name')
        .distinct()
        .where('tenant_id', '=', tenant)
        .where('vcenter_id', '=', vcenterId),
    );
    return rows.map(({ vcenter_name }) => vcenter_name);
  }
}

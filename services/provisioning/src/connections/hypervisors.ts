import { OutboundHosts } from '@eaf/service';
import { Database } from '@eaf/tenancy';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Selectable } from 'kysely';
import type { Hypervisor } from '../hypervisor/hypervisor.js';
import { openVSphere } from '../hypervisor/vsphere/open-vsphere.js';
import type { ProvisioningTables, VCenterTable } from '../tables.js';
import { VCenterPasswords } from './vcenter-passwords.js';

export type VCenterRow = Selectable<VCenterTable>;

export interface Connected {
  readonly vcenter: VCenterRow;
  readonly hypervisor: Hypervisor;
}

/** The operator's allow list does not have the host, or has it no longer. */
export class HostNotAllowed extends Error {
  override readonly name = 'HostNotAllowed';
  constructor(readonly host: string) {
    super(`${host} is not among the hosts this service may connect to, or cannot be resolved`);
  }
}

/** Live vCenter sessions of this replica: one per connection and version of its settings. */
@Injectable()
export class Hypervisors implements OnModuleDestroy {
  readonly #live = new Map<string, { version: number; hypervisor: Hypervisor }>();
  /** The service is stopping: sessions end, and what ends with them says nothing about vCenter. */
  closing = false;

  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly passwords: VCenterPasswords,
    private readonly outbound: OutboundHosts,
  ) {}

  /** @returns undefined when the tenant has no such vCenter. @throws HostNotAllowed */
  async of(tenant: string, vcenterId: string): Promise<Connected | undefined> {
    const vcenter = await this.#row(tenant, vcenterId);
    if (!vcenter) return undefined;
    const key = `${tenant}/${vcenterId}`;
    const live = this.#live.get(key);
    if (live?.version === vcenter.credentials_version) return { vcenter, hypervisor: live.hypervisor };
    if (!(await this.outbound.allows(vcenter.host))) throw new HostNotAllowed(vcenter.host);
    const password = await this.passwords.open(tenant, vcenterId);
    return { vcenter, hypervisor: this.#replace(key, vcenter, password) };
  }

  /**
   * A connection of its own, for a test that must not be answered by a circuit which others' failures have opened. The
   * caller closes it.
   * @returns undefined when the tenant has no such vCenter. @throws HostNotAllowed
   */
  async anew(tenant: string, vcenterId: string): Promise<Connected | undefined> {
    const vcenter = await this.#row(tenant, vcenterId);
    if (!vcenter) return undefined;
    if (!(await this.outbound.allows(vcenter.host))) throw new HostNotAllowed(vcenter.host);
    return { vcenter, hypervisor: open(vcenter, await this.passwords.open(tenant, vcenterId)) };
  }

  async #row(tenant: string, vcenterId: string): Promise<VCenterRow | undefined> {
    const { sql } = this.database;
    const [vcenter] = await this.database.read(
      tenant,
      sql.selectFrom('vcenter').selectAll().where('tenant_id', '=', tenant).where('id', '=', vcenterId),
    );
    return vcenter;
  }

  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.#live.values()].map(({ hypervisor }) => hypervisor.close()));
    this.#live.clear();
  }

  #replace(key: string, vcenter: VCenterRow, password: string): Hypervisor {
    const before = this.#live.get(key);
    // Two that came together open it once.
    if (before?.version === vcenter.credentials_version) return before.hypervisor;
    const hypervisor = open(vcenter, password);
    this.#live.set(key, { version: vcenter.credentials_version, hypervisor });
    void before?.hypervisor.close(); // Never throws; whoever still waits on it is told HypervisorAway and looks again.
    return hypervisor;
  }
}

function open(vcenter: VCenterRow, password: string): Hypervisor {
  return openVSphere({
    id: vcenter.id,
    host: addressOf(vcenter),
    user: vcenter.username,
    password,
    ...(vcenter.certificate ? { caPem: vcenter.certificate } : {}),
    placement: {
      datacenter: vcenter.datacenter,
      folder: vcenter.folder,
      resourcePool: vcenter.resource_pool,
      datastore: vcenter.datastore,
    },
  });
}

function addressOf({ host, port }: VCenterRow): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === 443 ? name : `${name}:${port}`;
}

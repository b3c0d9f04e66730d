import { createHash } from 'node:crypto';
import type { connectVCenter } from '@dvmm/contracts';
import { type Loaded, type Origin } from '@eaf/event-store';
import type { Input } from '@eaf/messaging/contract';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { enterSettings, type VCenterConnection } from '../domain/vcenter-connection.js';
import { nudge, timer } from '../own-timers.js';
import type { ShownVCenter } from '../read-models/vcenter-list.js';
import type { ProvisioningTables } from '../tables.js';
import { VCenterPasswords } from './vcenter-passwords.js';
import { VCenters } from './vcenters.js';

type Settings = Omit<Input<typeof connectVCenter>, 'password'>;

/** Stores a connection's settings: the event without secret or certificate, the row, the sealed password. */
@Injectable()
export class EnterVCenter {
  constructor(
    private readonly vcenters: VCenters,
    private readonly passwords: VCenterPasswords,
    private readonly database: Database<ProvisioningTables>,
  ) {}

  async store(
    origin: Origin,
    loaded: Loaded<VCenterConnection>,
    settings: Settings,
    password?: string,
  ): Promise<ShownVCenter> {
    const { id } = loaded;
    const { certificate, ...told } = settings;
    const certificateSha256 = certificate === null ? null : createHash('sha256').update(certificate).digest('hex');
    const facts = enterSettings(loaded.state, { vcenterId: id, ...told, certificateSha256 });
    const secret = password === undefined ? [] : [await this.passwords.keeping(origin.tenant, id, password)];
    return this.vcenters.commit(origin, loaded, facts, {
      reply: () => ({ ...settings, id, awaySince: null, lastSeenAt: null }),
      // Its inventory is read at once, so that templates and networks can be offered.
      also: (state) => [
        this.#row(origin.tenant, id, settings, state.credentialsVersion),
        ...secret,
        nudge(timer.inventory, id),
      ],
    });
  }

  #row(tenant: string, id: string, settings: Settings, credentialsVersion: number): SqlStatement {
    const { resourcePool, maxClones, ...same } = settings;
    const row = {
      ...same,
      resource_pool: resourcePool,
      max_clones: maxClones,
      credentials_version: credentialsVersion,
    };
    return this.database.sql
      .insertInto('vcenter')
      .values({ tenant_id: tenant, id, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(row));
  }
}

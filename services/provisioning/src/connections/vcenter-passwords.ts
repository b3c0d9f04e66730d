import { FileKek, newDataKey, openWith, sealWith } from '@eaf/secrets';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { Settings } from '../settings.js';
import type { ProvisioningTables } from '../tables.js';

/** Passwords under their tenant's data key, and that key under the operator's. Bound to tenant and vCenter, so a row moved elsewhere does not open. */
@Injectable()
export class VCenterPasswords {
  readonly #kek: FileKek;

  constructor(
    private readonly database: Database<ProvisioningTables>,
    settings: Settings,
  ) {
    this.#kek = new FileKek(settings.kekFile);
  }

  /** The statement that keeps a password; to be stored with the event of the change. */
  async keeping(tenant: string, vcenterId: string, password: string): Promise<SqlStatement> {
    const wrapped = (await this.#dataKey(tenant)) ?? (await this.#makeDataKey(tenant));
    const sealed = await sealWith(this.#kek, wrapped, tenant, password, placeOf(vcenterId));
    return this.database.sql
      .insertInto('vcenter_secret')
      .values({ tenant_id: tenant, vcenter_id: vcenterId, sealed_password: sealed })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'vcenter_id']).doUpdateSet({ sealed_password: sealed }));
  }

  /** @throws SecretUnreadable when the operator's key is another one */
  async open(tenant: string, vcenterId: string): Promise<string> {
    const { sql } = this.database;
    const [row] = await this.database.read(
      tenant,
      sql
        .selectFrom('vcenter_secret')
        .innerJoin('tenant_data_key', 'tenant_data_key.tenant_id', 'vcenter_secret.tenant_id')
        .select(['sealed_password', 'wrapped'])
        .where('vcenter_secret.tenant_id', '=', tenant)
        .where('vcenter_id', '=', vcenterId),
    );
    if (!row) throw new Error(`No password is kept for vCenter ${vcenterId}.`);
    return openWith(this.#kek, row.wrapped, tenant, row.sealed_password, placeOf(vcenterId));
  }

  async #dataKey(tenant: string): Promise<string | undefined> {
    const { sql } = this.database;
    const [row] = await this.database.read(
      tenant,
      sql.selectFrom('tenant_data_key').select('wrapped').where('tenant_id', '=', tenant),
    );
    return row?.wrapped;
  }

  async #makeDataKey(tenant: string): Promise<string> {
    const wrapped = await newDataKey(this.#kek, tenant);
    const { sql } = this.database;
    await this.database.flush(tenant, [
      sql
        .insertInto('tenant_data_key')
        .values({ tenant_id: tenant, wrapped })
        .onConflict((conflict) => conflict.doNothing()),
    ]);
    // Another replica may have been faster; the stored key is the one.
    return (await this.#dataKey(tenant)) ?? wrapped;
  }
}

function placeOf(vcenterId: string): string {
  return `vcenter_secret/${vcenterId}`;
}

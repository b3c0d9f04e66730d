import type { getBranding } from '@dvmm/contracts';
import type { Output } from '@eaf/messaging/contract';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { BrandColours } from '../domain/brand-colour.js';
import type { TenantTables } from '../read-models/tables.js';

/** Colour and logo of a tenant. A tenant without a row has neither. */
@Injectable()
export class Brandings {
  constructor(private readonly database: Database<TenantTables>) {}

  async of(tenant: string): Promise<Output<typeof getBranding> & { coloursVersion: string | null }> {
    const [row] = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('branding')
        .select(['colour', 'colours_version', 'logo_version', 'logo_width', 'logo_height'])
        .where('tenant_id', '=', tenant),
    );
    const { colour = null, colours_version: coloursVersion = null } = row ?? {};
    const { logo_version: version, logo_width: width, logo_height: height } = row ?? {};
    return { colour, coloursVersion, logo: version && width && height ? { version, width, height } : null };
  }

  async coloursOf(tenant: string): Promise<{ version: string; colours: BrandColours } | undefined> {
    const [row] = await this.database.read(
      tenant,
      this.database.sql.selectFrom('branding').select(['colours', 'colours_version']).where('tenant_id', '=', tenant),
    );
    return row?.colours && row.colours_version ? { version: row.colours_version, colours: row.colours } : undefined;
  }

  async imageOf(tenant: string): Promise<{ version: string; png: Buffer } | undefined> {
    const [row] = await this.database.read(
      tenant,
      this.database.sql.selectFrom('branding').select(['logo', 'logo_version']).where('tenant_id', '=', tenant),
    );
    return row?.logo && row.logo_version ? { version: row.logo_version, png: row.logo } : undefined;
  }

  /** @param image undefined leaves the logo as it is */
  keep(
    tenant: string,
    colour: { entered: string; colours: BrandColours; version: string } | null,
    image: { png: Buffer; version: string; width: number; height: number } | null | undefined,
  ): SqlStatement {
    const row = {
      colour: colour?.entered ?? null,
      colours: colour && JSON.stringify(colour.colours),
      colours_version: colour?.version ?? null,
      ...(image !== undefined && {
        logo: image?.png ?? null,
        logo_version: image?.version ?? null,
        logo_width: image?.width ?? null,
        logo_height: image?.height ?? null,
      }),
    };
    return this.database.sql
      .insertInto('branding')
      .values({ tenant_id: tenant, ...row })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row));
  }
}

import { platformTenant } from '@dvmm/contracts';
import pg from 'pg';
import { type LocalSettings, passwordOf } from '../local-settings.js';
import { people } from '../people.js';
import { databaseName } from '../set-up/prepare-database.js';

/** Slugs of the tenants that the first start enters. */
export const demoTenants = [...new Set(people.map(({ tenant }) => tenant))].filter((slug) => slug !== 'platform');

/** Those of them that were removed since; only "npm run reset" brings them back. */
export async function removedDemoTenants(settings: LocalSettings): Promise<string[]> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: settings.ports.postgres,
    database: databaseName,
    user: 'tenant_owner',
    password: passwordOf(settings, 'tenant-owner'),
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ slug: string }>(
      `SELECT slug FROM tenant.tenant_registry
       WHERE tenant_id = $1 AND slug = ANY ($2) AND removal_requested_at IS NOT NULL ORDER BY slug`,
      [platformTenant, demoTenants],
    );
    return rows.map(({ slug }) => slug);
  } finally {
    await client.end();
  }
}

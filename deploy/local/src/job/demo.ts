import { addressesOf } from '../addresses.js';
import type { LocalSettings } from '../local-settings.js';
import { people } from '../people.js';
import { login } from './seed.js';
import { Session } from './session.js';

/** Slugs of the tenants that the first start enters. */
export const demoTenants = [...new Set(people.map(({ tenant }) => tenant))].filter((slug) => slug !== 'platform');

/** Those of them that were removed since; only "npm run reset" brings them back. */
export async function removedDemoTenants(settings: LocalSettings): Promise<string[]> {
  const petra = await Session.open(addressesOf(settings).gateway, login(settings, 'petra'));
  const { items } = await petra.get<{ items: { slug: string }[] }>('/admin/removals?limit=200');
  return items
    .map(({ slug }) => slug)
    .filter((slug) => demoTenants.includes(slug))
    .sort();
}

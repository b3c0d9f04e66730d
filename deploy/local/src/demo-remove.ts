import { addressesOf } from './addresses.js';
import { openDoors } from './farewell/farewell-doors.js';
import { type Removal, sayFarewell } from './farewell/say-farewell.js';
import { demoTenants } from './job/demo.js';
import { login } from './job/seed.js';
import { Refused, Session } from './job/session.js';
import { localSettingsOfRunning } from './local-settings.js';
import { farewellEnvironment } from './own-parts.js';

const help = `npm run demo:remove
Removes the two tenants of the demo for good, as Petra Lindner (platform administration) would by the button, and deletes all
their rows. VMs stay in vCenter. What was deleted stands in a certificate each, on the page "Tenants" of the portal.
"npm run reset" brings the demo back with the next start.
Ends with 0 when nothing of the demo is left, with 1 when something stands in the way, with 2 when DVMM does not run.`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const settings = localSettingsOfRunning();
const { gateway } = addressesOf(settings);
const running = await fetch(`${gateway}/health/live`).then(
  ({ ok }) => ok,
  () => false,
);
if (!running) {
  console.error('DVMM does not run: start it with "npm start", and ask again in a second terminal.');
  process.exit(2);
}
const petra = await Session.open(gateway, login(settings, 'petra'));
let left = 0;
for (const { id, slug, name } of (
  await petra.get<{ items: Pick<Removal, 'id' | 'slug' | 'name'>[] }>('/admin/tenants?limit=200')
).items) {
  if (!demoTenants.includes(slug)) continue;
  try {
    await petra.post(`/admin/tenants/${id}/removal`, { confirmName: name }, `demo-remove-${id}`);
    console.log(`${name}: closed; its people are out and their keys destroyed`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    left++;
    console.error(`${name}: ${error.problem.detail ?? error.message}`);
  }
}
const doors = await openDoors(farewellEnvironment(settings));
const { waiting } = await sayFarewell(doors, (line) => console.log(line));
await doors.close();
left += waiting.length;

const { items } = await petra.get<{ items: Removal[] }>('/admin/removals?limit=200');
for (const { slug, name, certificate } of items) {
  if (!demoTenants.includes(slug) || !certificate) continue;
  const rows = certificate.rows.reduce((sum, one) => sum + one.rows, 0);
  console.log(
    `${name}: removed at ${certificate.removedAt}, ${rows} rows; ${certificate.machines} VMs stay in vCenter; the audit trail ended with ${certificate.lastAudit ? `number ${certificate.lastAudit.number}, ${certificate.lastAudit.hash}` : 'no entry'}`,
  );
}
console.log(left === 0 ? 'Nothing of the demo is left.' : 'Not all of the demo could be removed; see above.');
process.exit(left === 0 ? 0 : 1);

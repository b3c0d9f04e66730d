// Import boundaries. dependency-cruiser finds nothing, and says all is well, when it cannot parse TypeScript: so it must
// have cruised many modules, and a forbidden import in a fixture must be found.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

const forbidden = [
  {
    name: 'no service imports another',
    severity: 'error',
    from: { path: '^(?:services|deploy/local/boundaries-canary/services)/([^/]+)/src' },
    to: { path: '(?:^|/)services/([^/]+)/', pathNot: '(?:^|/)services/$1/' },
  },
  {
    name: 'the domain imports no framework and no database',
    severity: 'error',
    from: { path: '^services/[^/]+/src/domain' },
    to: { path: 'node_modules/(?:@nestjs|kysely|pg|@nats-io)/|^libs/(?:event-store|tenancy|service)/' },
  },
  {
    name: 'libs know nothing of DVMM',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^(?:contracts|services|deploy)/' },
  },
  {
    name: 'no circular imports',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

const options = {
  ruleSet: { forbidden },
  validate: true,
  parser: 'swc',
  doNotFollow: { path: 'node_modules|/dist/' },
  exclude: { path: 'node_modules/.pnpm' },
  enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'], extensionAlias: { '.js': ['.ts', '.js'] } },
};

const faults = [];
const { output } = await cruise(['services', 'libs', 'contracts/src'].map(String), {
  ...options,
  includeOnly: '/src/|^contracts/src',
});
if (output.summary.totalCruised < 300)
  faults.push(`Only ${output.summary.totalCruised} modules were looked at: the parser does not read TypeScript.`);
for (const { rule, from, to } of output.summary.violations) faults.push(`${rule.name}: ${from} -> ${to}`);

const canary = await cruise(['deploy/local/boundaries-canary'], options);
if (!canary.output.summary.violations.some(({ rule }) => rule.name === forbidden[0].name)) {
  faults.push('The canary was not found: a service that imports another would not be noticed.');
}

for (const file of filesBelow('libs')) {
  if (/dvmm/i.test(readFileSync(file, 'utf8')))
    faults.push(`${file} names the product: libs are for later products too.`);
}
for (const fault of faults) console.error(fault);
console.log(`${output.summary.totalCruised} modules looked at`);
process.exit(faults.length === 0 ? 0 : 1);

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (['node_modules', 'dist', 'test', '.turbo'].includes(entry.name) || entry.name.startsWith('AAA')) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

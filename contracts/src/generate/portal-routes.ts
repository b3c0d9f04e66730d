import type { AnyOperation } from '@eaf/messaging/contract';

/** Method and path of every operation with `http`, typed by its contract, for a client that loads no schema. */
export function portalRoutesOf(exported: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(exported)
    .flatMap(([name, value]) => (isOperation(value) && value.http ? [{ name, http: value.http }] : []))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
    .map(
      ({ name, http }) =>
        `export const ${name}: Route<typeof contract.${name}> = { method: '${http.method}', path: '${http.path}' };`,
    );
  return [
    '// Made from the contracts by contracts/dist/generate/main.js; npm run check compares.',
    "import type * as contract from '@dvmm/contracts';",
    "import type { Route } from './route';",
    '',
    ...lines,
    '',
  ].join('\n');
}

function isOperation(value: unknown): value is AnyOperation {
  return typeof value === 'object' && value !== null && 'callers' in value && 'input' in value;
}

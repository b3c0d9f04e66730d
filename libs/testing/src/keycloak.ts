import { copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { prepareFolder } from './folder.js';
import { type KeycloakDistribution, keycloakArguments } from './keycloak-distribution.js';
import { freePort, requireFree } from './loopback.js';
import { type Part, startPart } from './part.js';

export interface Keycloak extends Part {
  /** Without a path; a realm's issuer is `<url>/realms/<realm>`. */
  readonly url: string;
  /** Of realm `master`. */
  readonly admin: { readonly user: string; readonly password: string };
}

/**
 * Starts Keycloak on loopback with its database in memory, and realms from files.
 * @param options.realmFiles  `<realm>-realm.json`, `<realm>-users-<n>.json`
 * @param options.variables   what `${…}` in those files stands for
 */
export async function startKeycloak(
  { java, home }: KeycloakDistribution,
  options: {
    dir: string;
    realmFiles: readonly string[];
    variables: Readonly<Record<string, string>>;
    adminPassword: string;
    port?: number;
    logFile: string;
  },
): Promise<Keycloak> {
  const port = options.port ?? (await freePort());
  await requireFree(port, 'Keycloak');
  prepareFolder(options.dir, 'Keycloak');
  const own = homeOver(home, join(options.dir, 'home'));
  for (const file of options.realmFiles) copyFileSync(file, join(own, 'data/import', basename(file)));
  const url = `http://127.0.0.1:${port}`;
  const http = ['--http-enabled=true', '--http-host=127.0.0.1', `--http-port=${port}`, `--hostname=${url}`];
  const command = ['start', '--optimized', '--import-realm', '--cache=local', ...http];
  const admin = { user: 'admin', password: options.adminPassword };
  const part = await startPart(java, keycloakArguments(own, command), {
    name: 'Keycloak',
    logFile: options.logFile,
    timeoutMs: 240_000,
    spawn: {
      cwd: own,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...options.variables,
        KC_BOOTSTRAP_ADMIN_USERNAME: admin.user,
        KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
      },
    },
    isReady: () =>
      fetch(`${url}/realms/master/.well-known/openid-configuration`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  return { ...part, url, admin };
}

/** A home of its own for what a server writes, over the shared programs. */
function homeOver(shared: string, own: string): string {
  rmSync(own, { recursive: true, force: true });
  mkdirSync(join(own, 'data/import'), { recursive: true });
  cpSync(join(shared, 'conf'), join(own, 'conf'), { recursive: true });
  for (const folder of ['lib', 'providers', 'themes']) symlinkSync(join(shared, folder), join(own, folder));
  return own;
}

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareFolder } from './folder.js';
import { freePort, requireFree } from './loopback.js';
import { startPart } from './part.js';
import { type RestartablePart, restartable } from './restartable.js';
import { findTool } from './tools.js';

export interface NatsUser {
  readonly user: string;
  readonly password: string;
  /** Absent: may do everything. */
  readonly permissions?: { readonly publish: readonly string[]; readonly subscribe: readonly string[] };
}

export interface Nats extends RestartablePart {
  readonly url: string;
  readonly port: number;
  readonly monitorUrl: string;
}

/**
 * Starts nats-server with JetStream on loopback, its users in a file of mode 0600.
 * @param options.durable default true = every message is flushed to disk before it is acknowledged
 */
export async function startNats(options: {
  dir: string;
  users: readonly NatsUser[];
  port?: number;
  monitorPort?: number;
  logFile: string;
  durable?: boolean;
  detached?: boolean;
}): Promise<Nats> {
  const program = await findTool('nats-server');
  const port = options.port ?? (await freePort());
  const monitorPort = options.monitorPort ?? (await freePort());
  prepareFolder(options.dir, 'NATS');
  const config = join(options.dir, 'nats.conf');
  const text = natsConfig({ ...options, storeDir: join(options.dir, 'store'), host: '127.0.0.1', port, monitorPort });
  writeFileSync(config, `# Made at each start; do not edit.\n${text}`, { mode: 0o600 });
  chmodSync(config, 0o600); // The mode above is for a new file only.
  const part = await restartable(async () => {
    await requireFree(port, 'NATS');
    await requireFree(monitorPort, "NATS's monitoring");
    return startPart(program, ['-c', config], {
      name: 'NATS',
      logFile: options.logFile,
      detached: options.detached ?? false,
      isReady: () => isHealthy(monitorPort),
    });
  });
  return Object.assign(part, { url: `nats://127.0.0.1:${port}`, port, monitorUrl: `http://127.0.0.1:${monitorPort}` });
}

async function isHealthy(monitorPort: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${monitorPort}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok;
  } catch {
    return false; // Not there yet.
  }
}

/** nats-server's configuration: JetStream, and users with exactly the rights they are given. */
export function natsConfig(options: {
  storeDir: string;
  users: readonly NatsUser[];
  host: string;
  port: number;
  monitorPort: number;
  durable?: boolean;
}): string {
  const list = (subjects: readonly string[]) => `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`;
  const users = options.users.map(({ user, password, permissions }) => {
    const rights = permissions
      ? `, permissions: { publish: { allow: ${list(permissions.publish)} }, subscribe: { allow: ${list(permissions.subscribe)} } }`
      : '';
    return `    { user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)}${rights} }`;
  });
  return `host: ${options.host}
port: ${options.port}
http: "${options.host}:${options.monitorPort}"
# A page of two hundred rows with what people wrote does not fit into the usual 1 MB.
max_payload: 8MB
jetstream {
  store_dir: ${JSON.stringify(options.storeDir)}
  ${(options.durable ?? true) ? 'sync_interval: always' : ''}
}
authorization {
  users: [
${users.join('\n')}
  ]
}
`;
}

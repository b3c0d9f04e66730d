import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { type Part, startPart } from './part.js';
import { findTool } from './tools.js';

export interface NatsUser {
  readonly user: string;
  readonly password: string;
  /** Absent: may do everything. */
  readonly permissions?: { readonly publish: readonly string[]; readonly subscribe: readonly string[] };
}

export interface Nats extends Part {
  readonly url: string;
  readonly port: number;
  readonly monitorUrl: string;
  /** Starts it again on the same port over the same store. */
  restart(): Promise<void>;
}

/** Starts nats-server with JetStream on loopback, its users in a file of mode 0600. */
export async function startNats(options: {
  dir: string;
  users: readonly NatsUser[];
  port?: number;
  monitorPort?: number;
  logFile: string;
  /** Flushes every message to disk before it is acknowledged. */
  durable?: boolean;
  detached?: boolean;
}): Promise<Nats> {
  const program = await findTool('nats-server');
  const port = options.port ?? (await freePort());
  const monitorPort = options.monitorPort ?? (await freePort());
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const config = join(options.dir, 'nats.conf');
  writeFileSync(config, configOf({ ...options, port, monitorPort }), { mode: 0o600 });
  const start = () =>
    startPart(program, ['-c', config], {
      name: 'NATS',
      logFile: options.logFile,
      detached: options.detached ?? false,
      isReady: async () => {
        const answer = await fetch(`http://127.0.0.1:${monitorPort}/healthz`).catch(() => undefined);
        return answer?.ok ?? false;
      },
    });
  let part = await start();
  return {
    get pid() {
      return part.pid;
    },
    stopSignal: part.stopSignal,
    url: `nats://127.0.0.1:${port}`,
    port,
    monitorUrl: `http://127.0.0.1:${monitorPort}`,
    stop: () => part.stop(),
    kill: () => part.kill(),
    async restart() {
      await part.stop();
      part = await start();
    },
  };
}

function configOf(options: { dir: string; users: readonly NatsUser[]; port: number; monitorPort: number; durable?: boolean }): string {
  const list = (subjects: readonly string[]) => `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`;
  const users = options.users.map(({ user, password, permissions }) => {
    const rights = permissions
      ? `, permissions: { publish: { allow: ${list(permissions.publish)} }, subscribe: { allow: ${list(permissions.subscribe)} } }`
      : '';
    return `    { user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)}${rights} }`;
  });
  return `# Made at each start; do not edit.
host: 127.0.0.1
port: ${options.port}
http: "127.0.0.1:${options.monitorPort}"
jetstream {
  store_dir: ${JSON.stringify(join(options.dir, 'store'))}
  ${options.durable ? 'sync_interval: always' : ''}
}
authorization {
  users: [
${users.join('\n')}
  ]
}
`;
}

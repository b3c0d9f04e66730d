import { mkdirSync } from 'node:fs';
import { connect } from 'node:tls';
import { freePort } from './free-port.js';
import { type Part, startPart } from './part.js';
import { findTool } from './tools.js';

export interface Vcsim extends Part {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** PEM of the certificate it shows; a client that trusts only this verifies 127.0.0.1. */
  readonly ca: string;
  /** Starts it again on the same port, empty: the simulator keeps nothing. */
  restart(): Promise<void>;
}

/** Starts VMware's vCenter simulator with TLS on loopback. Any other user or password is refused. */
export async function startVcsim(options: {
  dir: string;
  port?: number;
  user?: string;
  password: string;
  args?: readonly string[];
  logFile: string;
  detached?: boolean;
}): Promise<Vcsim> {
  const program = await findTool('vcsim');
  mkdirSync(options.dir, { recursive: true });
  const port = options.port ?? (await freePort());
  const user = options.user ?? 'administrator@vsphere.local';
  const start = () =>
    startPart(
      program,
      ['-l', `127.0.0.1:${port}`, '-tls=true', '-username', user, '-password', options.password, ...(options.args ?? [])],
      {
        name: 'vcsim',
        logFile: options.logFile,
        detached: options.detached ?? false,
        spawn: { cwd: options.dir },
        isReady: async () => (await certificateOf(port)) !== undefined,
      },
    );
  let part = await start();
  return {
    get pid() {
      return part.pid;
    },
    stopSignal: part.stopSignal,
    url: `https://127.0.0.1:${port}/sdk`,
    host: '127.0.0.1',
    port,
    user,
    password: options.password,
    ca: (await certificateOf(port)) ?? '',
    stop: () => part.stop(),
    kill: () => part.kill(),
    async restart() {
      await part.kill();
      part = await start();
    },
  };
}

/** What the server shows. It is looked at, not trusted: this is how a test learns what to trust. */
async function certificateOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.end();
      const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
      resolve(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`);
    });
    socket.once('error', () => resolve(undefined));
  });
}

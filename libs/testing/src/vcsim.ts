import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { loopbackCertificate } from './certificate.js';
import { prepareFolder } from './folder.js';
import { freePort, requireFree } from './loopback.js';
import { startPart } from './part.js';
import { type RestartablePart, restartable } from './restartable.js';
import { findTool } from './tools.js';

/** A simulated vCenter. `restart()` keeps port and certificate, and the inventory where that was asked for. */
export interface Vcsim extends RestartablePart {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** PEM of the certificate it shows; a client that trusts only this verifies 127.0.0.1 and localhost. */
  readonly ca: string;
}

/** Starts VMware's vCenter simulator with TLS on loopback. Any other user or password is refused. */
export async function startVcsim(options: {
  /** Holds its certificate, so that whoever trusted it once does so after a restart. */
  dir: string;
  port?: number;
  user?: string;
  password: string;
  /** Its inventory is kept in `dir` at a good end and taken up again. Default: each start is afresh. */
  durable?: boolean;
  args?: readonly string[];
  logFile: string;
  detached?: boolean;
}): Promise<Vcsim> {
  const program = await findTool('vcsim');
  prepareFolder(options.dir, 'vcsim');
  const { certificate, certificateFile, keyFile } = await loopbackCertificate(options.dir);
  const port = options.port ?? (await freePort());
  const user = options.user ?? 'administrator@vsphere.local';
  // It takes a file's content, too. Arguments can be read by every process of the machine.
  const passwordFile = join(options.dir, 'password');
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  const disks = join(options.dir, 'disks');
  const inventory = join(options.dir, 'inventory');
  const part = await restartable(async () => {
    await requireFree(port, 'vcsim');
    // It makes a folder per datastore and removes it only at a good end.
    rmSync(disks, { recursive: true, force: true });
    mkdirSync(disks);
    const tls = ['-tls=true', '-tlscert', certificateFile, '-tlskey', keyFile];
    const login = ['-username', user, '-password', passwordFile];
    const kept = options.durable && existsSync(inventory) ? ['-load', inventory] : [];
    return startPart(program, ['-l', `127.0.0.1:${port}`, ...tls, ...login, ...kept, ...(options.args ?? [])], {
      name: 'vcsim',
      logFile: options.logFile,
      detached: options.detached ?? false,
      // Datastores of a loaded inventory are made where it runs.
      spawn: {
        cwd: disks,
        env: { ...process.env, TMPDIR: disks, ...(options.durable ? { VCSIM_SAVE: inventory } : {}) },
      },
      isReady: () => answers(port, certificate),
    });
  });
  const url = `https://127.0.0.1:${port}/sdk`;
  return Object.assign(part, { url, host: '127.0.0.1', port, user, password: options.password, ca: certificate });
}

/** Whether it shows the certificate it was given. */
function answers(port: number, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

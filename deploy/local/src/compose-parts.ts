import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { eventually, type Part, type Vcsim } from '@eaf/testing';
import { addressesOf } from './addresses.js';
import { root } from './folder.js';
import { passwordOf } from './local-settings.js';
import { outside } from './outside-parts.js';

const patienceMs = 60_000;

/** What DVMM stands on, as containers that compose has started and ends. Only the guests are played from here. */
export const composed: typeof outside = {
  postgres: async (settings) => {
    const { postgres: port } = settings.ports;
    const part = await reached('PostgreSQL', () => takesConnections(port));
    return {
      ...part,
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: passwordOf(settings, 'postgres'),
      dataDir: '',
    };
  },
  nats: async (settings) => {
    const { nats: url, natsMonitor: monitorUrl } = addressesOf(settings);
    const part = await reached('NATS', () => answers(`${monitorUrl}/healthz`));
    return { ...part, url, monitorUrl, port: settings.ports.nats };
  },
  vcsim: async (settings) => {
    const { vcenter: port } = settings.ports;
    const part = await reached('The vCenter simulator', () => takesConnections(port));
    const login = { user: 'administrator@vsphere.local', password: passwordOf(settings, 'vcenter') };
    const vcsim: Vcsim = {
      ...part,
      ...login,
      url: addressesOf(settings).vcenter,
      host: '127.0.0.1',
      port,
      ca: vcsimCa(),
    };
    return vcsim;
  },
  guests: outside.guests,
  oidc: (settings) =>
    reached('Keycloak', () => answers(`${addressesOf(settings).issuer}/.well-known/openid-configuration`)),
  mail: (settings) => reached('Mailpit', () => answers(`${addressesOf(settings).mail}/readyz`)),
};

/** Waits until a container answers. Whoever stops or restarts it is compose. */
async function reached(what: string, answering: () => Promise<boolean>) {
  await eventually(answering, { timeoutMs: patienceMs, what: `${what} answering` }).catch((cause: unknown) => {
    throw new Error(`${what} does not answer. Has "docker compose up -d --wait" been run?`, { cause });
  });
  const restart = async () => {
    throw new Error(`${what} runs in a container: docker compose restart`);
  };
  const part: Part = { pid: -1, stopSignal: 'SIGTERM', stop: async () => {}, kill: async () => {} };
  return { ...part, restart };
}

/** The certificate was made with the image. `VCSIM_CA_FILE` names it where the containers are run by something else. */
function vcsimCa(): string {
  const { VCSIM_CA_FILE: file } = process.env;
  if (file) return readFileSync(file, 'utf8');
  const command = ['compose', 'exec', '-T', 'vcsim', 'cat', '/tls/cert.pem'];
  return execFileSync('docker', command, { cwd: root, encoding: 'utf8' });
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

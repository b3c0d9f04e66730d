import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { services } from '@dvmm/contracts';
import { freePort, requireFree } from '@eaf/testing';
import { composePasswords, composePorts } from './compose-settings.js';
import { home, inHome } from './folder.js';
import { fromCompose } from './parts-from.js';

const portNames = [
  'postgres',
  'nats',
  'natsMonitor',
  'vcenter',
  'oidc',
  'smtp',
  'mail',
  'gateway',
  'gatewayInner',
  ...services,
] as const;
export type PortName = (typeof portNames)[number];

/** Ports and passwords of one checkout, made once: the issuer's address is part of everybody's identity, so ports stay. */
export interface LocalSettings {
  readonly ports: Record<PortName, number>;
  readonly passwords: Record<string, string>;
}

const file = () => inHome('settings.json');

export async function localSettings(): Promise<LocalSettings> {
  makeFolder();
  if (existsSync(file())) {
    const settings = withContainers(JSON.parse(readFileSync(file(), 'utf8')) as LocalSettings);
    await requirePorts(settings);
    return settings;
  }
  const ports = {} as Record<PortName, number>;
  for (const name of portNames) ports[name] = await differentPort(Object.values(ports));
  const logins = ['postgres', 'nats-setup', 'nats-operator', 'vcenter', 'smtp', 'oidc-client', 'verifier', 'gateway'];
  const roles = services.flatMap((service) => [
    `${service}-owner`,
    `${service}-app`,
    `${service}-runner`,
    `${service}-nats`,
  ]);
  const passwords = Object.fromEntries(
    [...logins, ...roles].map((name) => [name, randomBytes(18).toString('base64url')]),
  );
  const settings = withContainers({ ports, passwords });
  writeFileSync(file(), JSON.stringify(settings, null, 2), { mode: 0o600 });
  return settings;
}

/** Containers have ports and passwords of their own, which count whatever was made here. */
function withContainers(settings: LocalSettings): LocalSettings {
  if (!fromCompose) return settings;
  return {
    ports: { ...settings.ports, ...composePorts },
    passwords: { ...settings.passwords, ...composePasswords() },
  };
}

function isOurs(name: PortName): boolean {
  return !fromCompose || name === 'gateway' || !(name in composePorts);
}

/** Of the set-up in this checkout, for programs that look at it while it runs; ends with a sentence where there is none. */
export function localSettingsOfRunning(): LocalSettings {
  try {
    return withContainers(JSON.parse(readFileSync(file(), 'utf8')) as LocalSettings);
  } catch {
    console.error('There is no local set-up yet: run "npm start" first.');
    process.exit(2);
  }
}

/** @throws Error that says whether it is DVMM itself that runs already, or another program that sits there */
async function requirePorts({ ports }: LocalSettings): Promise<void> {
  try {
    for (const name of portNames.filter(isOurs)) await requireFree(ports[name], name);
  } catch (error) {
    const url = `http://127.0.0.1:${ports.gateway}`;
    const running = await fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (running)
      throw new Error(`DVMM runs already from this checkout, at ${url}. End it with Ctrl-C where it was started.`);
    throw new Error(
      `${(error as Error).message} End that program, or take new ports with "npm run reset" (empties .dvmm/).`,
    );
  }
}

export function passwordOf(settings: LocalSettings, name: string): string {
  const password = settings.passwords[name];
  if (!password) throw new Error(`No password was made for ${name}; run "npm run reset".`);
  return password;
}

/** Closed to other people of the machine, but passable: PostgreSQL runs as a user of its own where we are root. */
function makeFolder(): void {
  try {
    mkdirSync(inHome('logs'), { recursive: true });
    chmodSync(home, 0o711);
  } catch (error) {
    throw new Error(`${home} cannot be written: ${(error as Error).message}. Free some space or rights and try again.`);
  }
}

async function differentPort(taken: readonly number[]): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (!taken.includes(port)) return port;
  }
}

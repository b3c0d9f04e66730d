import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Nats,
  type Part,
  type Postgres,
  startNats,
  startPart,
  startPostgres,
  startVcsim,
  type Vcsim,
} from '@eaf/testing';
import { addressesOf, audience, clientId } from './addresses.js';
import { inHome, logOf } from './folder.js';
import { type LocalSettings, passwordOf } from './local-settings.js';
import { oidcPeople } from './people.js';
import { brokerUsers } from './set-up/broker.js';

const require = createRequire(import.meta.url);

/** What DVMM stands on, each a program of its own on loopback. */
export const outside = {
  postgres: (settings: LocalSettings): Promise<Postgres> =>
    startPostgres({
      dataDir: inHome('postgres'),
      port: settings.ports.postgres,
      password: passwordOf(settings, 'postgres'),
      logFile: logOf('postgres'),
      detached: true,
    }),

  nats: (settings: LocalSettings): Promise<Nats> =>
    startNats({
      dir: inHome('nats'),
      port: settings.ports.nats,
      monitorPort: settings.ports.natsMonitor,
      users: brokerUsers((name) => passwordOf(settings, name)),
      logFile: logOf('nats'),
      durable: true,
      detached: true,
    }),

  /** @param cloneMs how long a clone takes; long enough for its progress to be seen */
  vcsim: (settings: LocalSettings, cloneMs = 800): Promise<Vcsim> =>
    startVcsim({
      dir: inHome('vcsim'),
      port: settings.ports.vcenter,
      password: passwordOf(settings, 'vcenter'),
      args: ['-method-delay', `CloneVM_Task:${cloneMs}`],
      logFile: logOf('vcsim'),
      durable: true,
      detached: true,
    }),

  /** @param intervalMs how long a guest takes to report, at most */
  guests: (vcsim: Vcsim, { network = '10.20.4.0/24', intervalMs = 500 } = {}): Promise<Part> =>
    program('vcsim-guests', {
      intervalMs,
      url: vcsim.url,
      user: vcsim.user,
      password: vcsim.password,
      ca: vcsim.ca,
      network,
    }),

  oidc: (settings: LocalSettings): Promise<Part> => {
    const { gateway, issuer } = addressesOf(settings);
    return program(
      'oidc-provider',
      {
        port: settings.ports.oidc,
        audience,
        keysFile: inHome('oidc-keys.json'),
        people: oidcPeople(settings),
        clients: [
          {
            clientId,
            clientSecret: passwordOf(settings, 'oidc-client'),
            redirectUris: [`${gateway}/auth/callback`],
            postLogoutRedirectUris: [gateway, `${gateway}/`],
          },
        ],
      },
      `${issuer}/.well-known/openid-configuration`,
    );
  },

  mail: (settings: LocalSettings): Promise<Part> =>
    program(
      'mail-sink',
      {
        smtpPort: settings.ports.smtp,
        httpPort: settings.ports.mail,
        user: 'dvmm',
        password: passwordOf(settings, 'smtp'),
        storeFile: inHome('mails.jsonl'),
      },
      `${addressesOf(settings).mail}/api/mails`,
    ),
};

/** Its configuration comes in a file and not in arguments, which every process of the machine could read. */
async function program(name: string, config: object, readyUrl?: string): Promise<Part> {
  const file = inHome(`${name}.json`);
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return startPart(process.execPath, [require.resolve(`@eaf/testing/programs/${name}`), file], {
    name,
    logFile: logOf(name),
    detached: true,
    isReady: async () =>
      readyUrl === undefined ||
      (await fetch(readyUrl).then(
        ({ ok }) => ok,
        () => false,
      )),
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composePasswords, composePorts } from '../src/compose-settings.js';

const root = new URL('../../..', import.meta.url).pathname;
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

interface Container {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
}
const { services } = parse(text, { merge: true }) as { services: Record<string, Container> };
const containers = Object.entries(services);

describe('docker-compose.yml', () => {
  it('publishes on loopback alone, where the local set-up looks', () => {
    const published = containers.flatMap(([, { ports = [] }]) => ports);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const { gateway: _, ...wanted } = composePorts;
    expect(published.map((port) => Number(port.split(':')[1])).sort()).toEqual(Object.values(wanted).sort());
  });

  it('names one version of every image, and waits for what is healthy', () => {
    for (const [name, { image, healthcheck, depends_on = {} }] of containers) {
      expect(image, name).toMatch(/:v?\d+\.\d+/);
      expect(healthcheck?.test.length, name).toBeGreaterThan(1);
      for (const { condition } of Object.values(depends_on)) expect(condition).toBe('service_healthy');
    }
  });

  it('knows no password but the demo’s, which the local set-up knows too', () => {
    const demo = composePasswords({}).postgres;
    expect(text.match(/\$\{[^}]+\}/g)?.filter((one) => one !== `\${DVMM_DEMO_PASSWORD:-${demo}}`)).toEqual([]);
    const secrets = containers.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|SECRET/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(5);
    for (const [name, value] of secrets) expect(value, name).toBe(`\${DVMM_DEMO_PASSWORD:-${demo}}`);
  });

  it('lets the realm send codes to the gateway of the local set-up', () => {
    const { DVMM_PUBLIC_URL, KC_HOSTNAME } = services.keycloak?.environment ?? {};
    expect(DVMM_PUBLIC_URL).toBe(`http://127.0.0.1:${composePorts.gateway}`);
    expect(KC_HOSTNAME).toBe(`http://127.0.0.1:${composePorts.oidc}`);
  });
});

describe('the realm', () => {
  it('has the people of the local set-up, with no password of its own', async () => {
    const { people, emailOf } = await import('../src/people.js');
    const file = JSON.parse(readFileSync(join(root, 'deploy/keycloak/dvmm-users-0.json'), 'utf8')) as {
      users: {
        username: string;
        firstName: string;
        lastName: string;
        email: string;
        attributes: { locale: string[] };
        credentials: { value: string }[];
      }[];
    };
    expect(
      file.users.map(({ username, firstName, lastName, email, attributes }) => ({
        user: username,
        name: `${firstName} ${lastName}`,
        email,
        locale: attributes.locale[0],
      })),
    ).toEqual(
      people.map((person) => ({ user: person.user, name: person.name, email: emailOf(person), locale: person.locale })),
    );
    const realm = readFileSync(join(root, 'deploy/keycloak/dvmm-realm.json'), 'utf8');
    expect(realm).toContain(`"secret": "\${DVMM_OIDC_CLIENT_SECRET}"`);
    expect(file.users.flatMap(({ credentials }) => credentials.map(({ value }) => value))).toEqual(
      people.map(() => `\${DVMM_DEMO_PASSWORD}`),
    );
  });
});

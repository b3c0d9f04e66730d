import type { Role } from '@dvmm/contracts';
import type { OidcPerson } from '@eaf/testing';
import { type LocalSettings, passwordOf } from './local-settings.js';

export interface LocalPerson {
  readonly user: string;
  readonly name: string;
  /** Slug; `platform` for the platform's own. */
  readonly tenant: string;
  readonly role: Role;
  readonly locale: 'de' | 'en';
}

/** Made up, for the local set-up alone. */
export const people: readonly LocalPerson[] = [
  { user: 'petra', name: 'Petra Lindner', tenant: 'platform', role: 'platform-admin', locale: 'de' },
  { user: 'erika', name: 'Erika Brandt', tenant: 'nordwind', role: 'user', locale: 'de' },
  { user: 'murat', name: 'Murat Öztürk', tenant: 'nordwind', role: 'user', locale: 'de' },
  { user: 'johanna', name: 'Johanna Weiß', tenant: 'nordwind', role: 'user', locale: 'de' },
  { user: 'sarah', name: 'Sarah Whitfield', tenant: 'nordwind', role: 'user', locale: 'en' },
  { user: 'tobias', name: 'Tobias Krüger', tenant: 'nordwind', role: 'user', locale: 'de' },
  { user: 'ayse', name: 'Ayşe Yılmaz', tenant: 'nordwind', role: 'approver', locale: 'de' },
  { user: 'jonas', name: 'Jonas Keller', tenant: 'nordwind', role: 'tenant-admin', locale: 'de' },
  { user: 'renate', name: 'Renate Vogel', tenant: 'nordwind', role: 'auditor', locale: 'de' },
  { user: 'paul', name: 'Paul Novak', tenant: 'suedstern', role: 'user', locale: 'en' },
  { user: 'goekhan', name: 'Gökhan Şahin', tenant: 'suedstern', role: 'user', locale: 'de' },
  { user: 'franziska', name: 'Franziska Jäger', tenant: 'suedstern', role: 'user', locale: 'de' },
  { user: 'liam', name: "Liam O'Connor", tenant: 'suedstern', role: 'user', locale: 'en' },
  { user: 'bjoern', name: 'Björn Möller', tenant: 'suedstern', role: 'user', locale: 'de' },
  { user: 'mira', name: 'Mira Roth', tenant: 'suedstern', role: 'approver', locale: 'en' },
  { user: 'lukas', name: 'Lukas Steiner', tenant: 'suedstern', role: 'tenant-admin', locale: 'de' },
  { user: 'eva', name: 'Eva Huber', tenant: 'suedstern', role: 'auditor', locale: 'de' },
];

export function emailOf({ user, tenant }: LocalPerson): string {
  return `${user}@${tenant}.example`;
}

/** Everybody's password is the checkout's own: none stands in the source. The containers' people have the demo's. */
export function passwordFor(settings: LocalSettings, { user }: LocalPerson): string {
  return settings.passwords.people ?? `${user}-${passwordOf(settings, 'oidc-client').slice(0, 10)}`;
}

export function oidcPeople(settings: LocalSettings): OidcPerson[] {
  return people.map((person) => ({
    id: `local-${person.user}`,
    username: person.user,
    password: passwordFor(settings, person),
    name: person.name,
    email: emailOf(person),
    locale: person.locale,
    groups: [`/${person.tenant}/${person.role}`],
  }));
}

export function personNamed(user: string): LocalPerson {
  const person = people.find((one) => one.user === user || one.name === user);
  if (!person) throw new Error(`Nobody is called ${user}. There are: ${people.map((one) => one.user).join(', ')}.`);
  return person;
}

import type { Language, Role } from '@dvmm/contracts';
import { type Append, EventStore, type Origin, retryOnConflict, withoutKey } from '@eaf/event-store';
import { Injectable } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';
import { Directory } from './directory.js';
import { Identities } from './identities.js';
import { PersonKeys } from './person-keys.js';

export interface Joiner {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly language: Language;
}

/** Makes a person a member. Safe to repeat, also at the same moment: roles and projects only grow, and the second time nothing is new. */
@Injectable()
export class Joining {
  constructor(
    private readonly store: EventStore<TenantTables>,
    private readonly records: Records,
    private readonly directory: Directory,
    private readonly identities: Identities,
    private readonly keys: PersonKeys,
  ) {}

  async join(
    origin: Origin,
    person: Joiner,
    roles: readonly Role[],
    projects: readonly { projectId: string; lead: boolean }[] = [],
  ): Promise<void> {
    // The first requests of a person often come several at once, and each is her first sign-in.
    await retryOnConflict(() => this.#joinOnce(origin, person, roles, projects));
    await this.identities.addMembership(person.id, origin.tenant);
  }

  async #joinOnce(
    origin: Origin,
    person: Joiner,
    roles: readonly Role[],
    projects: readonly { projectId: string; lead: boolean }[],
  ): Promise<void> {
    const { tenant } = origin;
    const load = (id: string) => this.records.load(withoutKey(origin), id);
    // Loaded before it is looked at who she is: whatever somebody else appends after that fails our append.
    const [member, ...loaded] = await Promise.all([
      load(`member:${person.id}`),
      ...projects.map(({ projectId }) => load(`project:${projectId}`)),
    ]);
    const before = await this.directory.membershipOf(tenant, person.id);
    const all = [...new Set([...(before?.roles ?? []), ...roles])];
    const appends: Append[] = [];
    if (!before || all.length > before.roles.length) {
      const type = before ? 'tenant.roles-changed' : 'tenant.member-joined';
      appends.push(this.records.record(origin, member, [{ type, data: { personId: person.id, roles: all } }]));
    }
    for (const [index, { projectId, lead }] of projects.entries()) {
      const belongs = before?.projects.some((project) => project.id === projectId && (project.lead || !lead));
      const project = loaded[index];
      if (belongs || !project) continue;
      const data = { projectId, personId: person.id, lead };
      appends.push(this.records.record(origin, project, [{ type: 'tenant.project-member-set', data }]));
    }
    const wrappedKey = await this.keys.newKey(tenant, person.id);
    const rows = appends.flatMap(({ recorded }) => this.records.rows(recorded));
    await this.store.commit(origin, appends, {
      statements: [this.directory.enter(tenant, { ...person, wrappedKey }), ...rows],
    });
  }
}

import type { Language, Role } from '@dvmm/contracts';
import { type Append, EventStore, type Origin } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import { Injectable } from '@nestjs/common';
import type { RecordFact } from '../domain/records.js';
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

/** Makes a person a member. Safe to repeat: roles and projects only grow, and the second time nothing is new. */
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
    const { tenant } = origin;
    const before = await this.directory.membershipOf(tenant, person.id);
    const all = [...new Set([...(before?.roles ?? []), ...roles])];
    const appends: Append[] = [];
    if (!before || all.length > before.roles.length) {
      const type = before ? 'tenant.roles-changed' : 'tenant.member-joined';
      appends.push(
        await this.#append(origin, `member:${person.id}`, [{ type, data: { personId: person.id, roles: all } }]),
      );
    }
    for (const { projectId, lead } of projects) {
      const data = { projectId, personId: person.id, lead };
      appends.push(await this.#append(origin, `project:${projectId}`, [{ type: 'tenant.project-member-set', data }]));
    }
    const wrappedKey = await this.keys.newKey(tenant, person.id);
    const rows = appends.flatMap(({ recorded }) => this.records.rows(recorded as Recorded[]));
    await this.store.commit(origin, appends, {
      statements: [this.directory.enter(tenant, { ...person, wrappedKey }), ...rows],
    });
    await this.identities.addMembership(person.id, tenant);
  }

  async #append(origin: Origin, id: string, facts: RecordFact[]): Promise<Append> {
    return this.records.record(origin, await this.records.load({ ...origin, idempotency: undefined }, id), facts);
  }
}

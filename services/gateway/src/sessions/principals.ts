import { type Language, whoIs } from '@dvmm/contracts';
import type { Calls } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import { Problem } from '../problems/problem.js';
import { ShortMemory } from '../short-memory.js';

/** A person in one tenant, with what she may do there. */
export interface Principal {
  readonly personId: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
  /** `project:<id>` for each project of hers, `project-lead:<id>` where she leads. */
  readonly scopes: readonly string[];
  /** False while the tenant is suspended: she may look, not change. */
  readonly active: boolean;
  readonly language: Language;
}

/** Asks tenant who somebody is. An answer counts for five seconds, so a role taken away stops working at once. */
export class Principals {
  readonly #known: ShortMemory<Principal>;

  constructor(
    private readonly calls: Pick<Calls, 'askAsService'>,
    now?: () => number,
  ) {
    this.#known = new ShortMemory(5_000, 20_000, now);
  }

  /** @throws Problem `not-found` when the person does not belong to the tenant, or there is no such tenant */
  of(personId: string, tenantId: string, correlationId: string): Promise<Principal> {
    return this.#known.get(`${tenantId}/${personId}`, async () => {
      const reply = await this.calls.askAsService(whoIs, { personId }, { tenant: tenantId, correlationId });
      if (isRefusal(reply)) throw new Problem('not-found');
      const { roles, active, language, projects } = reply;
      const scopes = projects.flatMap(({ id, lead }) => [`project:${id}`, ...(lead ? [`project-lead:${id}`] : [])]);
      return { personId, tenantId, roles, scopes, active, language };
    });
  }
}

import { openSession, platformTenant } from '@dvmm/contracts';
import { EventStore } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { Directory } from '../directory/directory.js';
import { Identities } from '../directory/identities.js';
import { Joining } from '../directory/joining.js';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';
import { Settings } from '../settings.js';

@Controller()
export class OpenSession {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly store: EventStore<TenantTables>,
    private readonly identities: Identities,
    private readonly directory: Directory,
    private readonly joining: Joining,
    private readonly records: Records,
    private readonly settings: Settings,
  ) {}

  @Handles(openSession)
  async handle(input: Input<typeof openSession>, context: OperationContext): Promise<Reply<typeof openSession>> {
    const personId = await this.identities.personOf(input.issuer, input.subject);
    const person = { id: personId, name: input.name, email: input.email, language: input.language };
    if (input.setupToken && (await this.identities.useSetupToken(input.setupToken))) {
      await this.joining.join(this.#originIn(platformTenant, context), person, ['platform-admin']);
    }
    // An address that nobody has proven must not open the door it was invited to.
    if (input.email && input.emailVerified) await this.#acceptInvitations(input.email, person, context);

    const tenants = await this.identities.tenantsOf(personId);
    const fromGroups = input.groups.flatMap((group) => this.settings.groupRoles[group] ?? []);
    const memberships = [];
    for (const tenant of tenants) {
      if (input.signIn) await this.directory.refresh(tenant, person);
      if (input.signIn && fromGroups.length > 0 && tenant !== platformTenant) {
        await this.joining.join(this.#originIn(tenant, context), person, fromGroups);
      }
      const membership = await this.directory.membershipOf(tenant, personId);
      if (membership) memberships.push(membership);
    }
    const first = memberships.find(({ active }) => active);
    if (input.signIn && first) {
      const origin = { ...this.#originIn(first.tenantId, context), actorId: personId };
      await this.records.decide(origin, `sessions:${personId}`, () => [
        { type: 'tenant.signed-in', data: { personId } },
      ]);
    }
    return { personId, memberships };
  }

  async #acceptInvitations(
    email: string,
    person: Parameters<Joining['join']>[1],
    context: OperationContext,
  ): Promise<void> {
    for (const pending of await this.identities.invitationsFor(email)) {
      const { invitedTo, invitationId } = pending;
      const [invitation] = await this.database.read(
        invitedTo,
        this.database.sql
          .selectFrom('invitation')
          .select(['roles', 'projects'])
          .where('tenant_id', '=', invitedTo)
          .where('id', '=', invitationId),
      );
      if (invitation)
        await this.joining.join(this.#originIn(invitedTo, context), person, invitation.roles, invitation.projects);
      // Last: dying before this only means that joining is repeated, which changes nothing.
      await this.identities.forgetInvitation(pending);
    }
  }

  #originIn(tenant: string, context: OperationContext) {
    return {
      tenant,
      actorId: `system:${this.store.service}`,
      correlationId: context.correlationId,
      traceparent: context.traceparent,
      backdatedSeconds: context.backdatedSeconds,
    };
  }
}

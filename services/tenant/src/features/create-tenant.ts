import { createTenant, platformTenant, type SizeSpec } from '@dvmm/contracts';
import { EventStore, type Origin } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Output, type Reply, refuse } from '@eaf/messaging/contract';
import { Database, isUniqueViolation } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { Identities } from '../directory/identities.js';
import type { RecordFact } from '../domain/records.js';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';

/** What a new tenant offers until its administrator changes it. */
function usualSizes(currency: string): SizeSpec[] {
  const size = (key: string, vcpus: number, memoryGiB: number, diskGiB: number, monthlyCostCents: number) => ({
    key,
    vcpus,
    memoryMiB: memoryGiB * 1024,
    diskGiB,
    monthlyCostCents,
    currency,
  });
  return [
    size('S', 2, 4, 50, 2100),
    size('M', 4, 8, 100, 4200),
    size('L', 8, 16, 200, 8400),
    size('XL', 16, 32, 500, 16_800),
  ];
}
const usualLimits = { vms: 100, vcpus: 400, memoryMiB: 800 * 1024, diskGiB: 10_000 };

@Controller()
export class CreateTenant {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly store: EventStore<TenantTables>,
    private readonly records: Records,
    private readonly identities: Identities,
  ) {}

  @Handles(createTenant)
  async handle(input: Input<typeof createTenant>, context: OperationContext): Promise<Reply<typeof createTenant>> {
    const { slug, name, administratorEmail, currency } = input;
    const { actorId, idempotency } = context;
    // The same key makes the same tenant: a repeat after a lost answer finds what the first try began.
    const id = idempotency ? uuidv5(`${actorId}/${idempotency.key}`, platformTenant) : uuidv7();
    const origin = { ...context, tenant: id };
    const invitationId = uuidv5('administrator', id);
    const first = await this.records.load(origin, 'tenant');
    if (!first.replay) {
      if (await this.#register(id, slug, name)) return refuse('tenant.slug-taken', { slug });
      await this.#begin(origin, first, { id, slug, name, active: true }, currency, invitationId);
    }
    // Also when asked again: the first try may have ended just before this.
    await this.identities.invite(administratorEmail, { invitedTo: id, invitationId });
    return { id, slug, name, active: true };
  }

  /** @returns whether another tenant has the slug */
  async #register(id: string, slug: string, name: string): Promise<boolean> {
    try {
      await this.database.flush(platformTenant, [
        this.database.sql
          .insertInto('tenant_registry')
          .values({ tenant_id: platformTenant, id, slug, name })
          .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing()),
      ]);
      return false;
    } catch (error) {
      if (isUniqueViolation(error, 'tenant_registry_slug')) return true;
      throw error;
    }
  }

  /** The new tenant's first history, in its own name and all at once; the key and its answer stand with it. */
  async #begin(
    origin: Origin,
    first: Awaited<ReturnType<Records['load']>>,
    tenant: Output<typeof createTenant>,
    currency: string,
    invitationId: string,
  ): Promise<void> {
    const { id, slug, name } = tenant;
    if (first.version > 0) return;
    const facts: [string, RecordFact][] = [
      ['tenant', { type: 'tenant.created', data: { tenantId: id, slug, name } }],
      ['quota:tenant', { type: 'tenant.quota-set', data: { projectId: null, limits: usualLimits } }],
      ...usualSizes(currency).map((size): [string, RecordFact] => [
        `size:${size.key}`,
        { type: 'tenant.size-defined', data: size },
      ]),
      [
        `invitation:${invitationId}`,
        { type: 'tenant.member-invited', data: { invitationId, roles: ['tenant-admin'] } },
      ],
    ];
    const appends = facts.map(([stream, fact]) => this.records.record(origin, { ...first, id: stream }, [fact]));
    const invitation = this.database.sql
      .insertInto('invitation')
      .values({ tenant_id: id, id: invitationId, roles: ['tenant-admin'], projects: '[]', accepted_at: null });
    const rows = appends.flatMap(({ recorded }) => this.records.rows(recorded));
    await this.store.commit(origin, appends, { reply: tenant, statements: [...rows, invitation] });
  }
}

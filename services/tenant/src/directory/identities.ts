import { createHash } from 'node:crypto';
import { platformTenant } from '@dvmm/contracts';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { TenantTables } from '../read-models/tables.js';

export interface PendingInvitation {
  readonly invitedTo: string;
  readonly invitationId: string;
}

/**
 * Who a sign-in belongs to, and where she may go. The one place that reads under the platform tenant what leads into
 * customers' tenants; it holds hashes and ids, no name and no address.
 */
@Injectable()
export class Identities {
  constructor(private readonly database: Database<TenantTables>) {}

  /** Our own id for (issuer, subject); made at the first sign-in, the same ever after. */
  async personOf(issuer: string, subject: string): Promise<string> {
    const key = hashed(`${issuer}|${subject}`);
    const { sql } = this.database;
    // A later statement sees what an earlier one of its transaction stored, and what somebody else has meanwhile.
    const [, found] = await this.database.flush(platformTenant, [
      sql
        .insertInto('identity')
        .values({ tenant_id: platformTenant, issuer_subject: key, person_id: uuidv7() })
        .onConflict((conflict) => conflict.doNothing()),
      sql
        .selectFrom('identity')
        .select('person_id')
        .where('tenant_id', '=', platformTenant)
        .where('issuer_subject', '=', key),
    ]);
    return (found?.rows[0] as { person_id: string }).person_id;
  }

  async tenantsOf(personId: string): Promise<string[]> {
    const rows = await this.database.read(
      platformTenant,
      this.database.sql
        .selectFrom('membership_index')
        .select('member_of')
        .where('tenant_id', '=', platformTenant)
        .where('person_id', '=', personId)
        .orderBy('member_of'),
    );
    return rows.map((row) => row.member_of);
  }

  async addMembership(personId: string, tenant: string): Promise<void> {
    await this.database.flush(platformTenant, [
      this.database.sql
        .insertInto('membership_index')
        .values({ tenant_id: platformTenant, person_id: personId, member_of: tenant })
        .onConflict((conflict) => conflict.doNothing()),
    ]);
  }

  /** Once accepted it stays so: a late repeat must not bring back what was taken from the person since. */
  async invite(email: string, invitation: PendingInvitation): Promise<void> {
    const [accepted] = await this.database.read(
      invitation.invitedTo,
      this.database.sql
        .selectFrom('invitation')
        .select('id')
        .where('tenant_id', '=', invitation.invitedTo)
        .where('id', '=', invitation.invitationId)
        .where('accepted_at', 'is not', null),
    );
    if (accepted) return;
    await this.database.flush(platformTenant, [
      this.database.sql
        .insertInto('invitation_index')
        .values({
          tenant_id: platformTenant,
          email: hashedEmail(email),
          invited_to: invitation.invitedTo,
          invitation_id: invitation.invitationId,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ]);
  }

  async invitationsFor(email: string): Promise<PendingInvitation[]> {
    const rows = await this.database.read(
      platformTenant,
      this.database.sql
        .selectFrom('invitation_index')
        .select(['invited_to', 'invitation_id'])
        .where('tenant_id', '=', platformTenant)
        .where('email', '=', hashedEmail(email)),
    );
    return rows.map((row) => ({ invitedTo: row.invited_to, invitationId: row.invitation_id }));
  }

  async forgetInvitation({ invitedTo, invitationId }: PendingInvitation): Promise<void> {
    await this.database.flush(invitedTo, [
      this.database.sql
        .updateTable('invitation')
        .set({ accepted_at: new Date() })
        .where('tenant_id', '=', invitedTo)
        .where('id', '=', invitationId)
        .where('accepted_at', 'is', null),
    ]);
    await this.database.flush(platformTenant, [
      this.database.sql
        .deleteFrom('invitation_index')
        .where('tenant_id', '=', platformTenant)
        .where('invitation_id', '=', invitationId),
    ]);
  }

  /** Uses up a printed one-time token. @returns false when it is unknown, used or too old */
  async useSetupToken(token: string): Promise<boolean> {
    const [used] = await this.database.flush(platformTenant, [
      {
        sql: 'UPDATE setup_token SET used_at = now() WHERE tenant_id = $1 AND token = $2 AND used_at IS NULL AND expires_at > now()',
        parameters: [platformTenant, hashed(token)],
      },
    ]);
    return used?.rowCount === 1;
  }
}

export function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hashedEmail(email: string): string {
  return hashed(email.trim().toLowerCase());
}

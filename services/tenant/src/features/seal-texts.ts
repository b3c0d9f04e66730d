import { sealTexts } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, OperationFault, type Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { PersonKeys } from '../directory/person-keys.js';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class SealTexts {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly keys: PersonKeys,
  ) {}

  @Handles(sealTexts)
  async handle(
    { personId, texts }: Input<typeof sealTexts>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof sealTexts>> {
    const [person] = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('person')
        .select('wrapped_key')
        .where('tenant_id', '=', tenant)
        .where('id', '=', personId),
    );
    if (!person) throw new OperationFault('not-allowed', 'Only people of the tenant write texts in it.');
    return {
      sealed: await Promise.all(texts.map((text) => this.keys.seal(tenant, personId, person.wrapped_key, text))),
    };
  }
}

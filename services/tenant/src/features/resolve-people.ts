import { type Language, resolvePeople } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { PersonKeys, writerOf } from '../directory/person-keys.js';
import type { TenantTables } from '../read-models/tables.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

@Controller()
export class ResolvePeople {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly keys: PersonKeys,
  ) {}

  @Handles(resolvePeople)
  async handle(
    { ids, sealed }: Input<typeof resolvePeople>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof resolvePeople>> {
    const asked = [...new Set([...ids, ...sealed.map((text) => writerOf(text) ?? '')])].filter((id) => uuid.test(id));
    const rows =
      asked.length === 0
        ? []
        : await this.database.read(
            tenant,
            this.database.sql
              .selectFrom('person')
              .select(['id', 'name', 'email', 'language', 'wrapped_key'])
              .where('tenant_id', '=', tenant)
              .where('id', 'in', asked),
          );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const open = async (text: string) => {
      const writer = byId.get(writerOf(text) ?? '');
      return writer ? this.keys.open(tenant, writer.id, writer.wrapped_key, text) : null;
    };
    return {
      people: ids.map(
        (id) =>
          byId.get(id) ?? {
            id,
            name: id.startsWith('system:') ? 'DVMM' : null,
            email: null,
            language: 'de' as Language,
          },
      ),
      texts: await Promise.all(sealed.map(open)),
    };
  }
}

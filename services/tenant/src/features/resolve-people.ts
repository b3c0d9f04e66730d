import { type Language, platformTenant, resolvePeople } from '@dvmm/contracts';
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
    const byId = new Map((await this.#peopleOf(tenant, asked)).map((row) => [row.id, row]));
    // An administrator of the platform acts in every tenant and belongs to none; whoever reads what she did reads her name.
    const strangers = ids.filter((id) => uuid.test(id) && !byId.has(id));
    const ofPlatform = new Map((await this.#peopleOf(platformTenant, strangers)).map(({ id, name }) => [id, name]));
    const open = async (text: string) => {
      const writer = byId.get(writerOf(text) ?? '');
      return writer ? this.keys.open(tenant, writer.id, writer.wrapped_key, text) : null;
    };
    return {
      people: ids.map(
        (id) =>
          byId.get(id) ?? {
            id,
            name: id.startsWith('system:') ? 'DVMM' : (ofPlatform.get(id) ?? null),
            email: null,
            language: 'de' as Language,
          },
      ),
      texts: await Promise.all(sealed.map(open)),
    };
  }

  async #peopleOf(tenant: string, ids: readonly string[]) {
    if (ids.length === 0) return [];
    return this.database.read(
      tenant,
      this.database.sql
        .selectFrom('person')
        .select(['id', 'name', 'email', 'language', 'wrapped_key'])
        .where('tenant_id', '=', tenant)
        .where('id', 'in', ids),
    );
  }
}

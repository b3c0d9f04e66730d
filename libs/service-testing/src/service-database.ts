import { migrate, prepareContext, prepareReader } from '@eaf/migrations';
import type { ServiceDeclaration } from '@eaf/service';
import { createTestDatabase, type TestDatabase } from '@eaf/testing';
import type {} from '@eaf/testing/vitest-setup'; // Types of what `inject` gives.
import { inject } from 'vitest';

export const password = 'only-for-tests';

/** The database of one service with its three roles, as migrated at a start; logins are `<context>_app` and `_runner`. */
export async function serviceDatabase({
  context,
  migrations,
}: Pick<ServiceDeclaration, 'context' | 'migrations'>): Promise<TestDatabase> {
  const server = inject('postgres');
  const login = (role: string) => ({ name: `${context}_${role}`, password });
  const [owner, app, runner, reader] = ['owner', 'app', 'runner', 'reader'].map(login) as [
    ReturnType<typeof login>,
    ReturnType<typeof login>,
    ReturnType<typeof login>,
    ReturnType<typeof login>,
  ];
  return createTestDatabase(server, {
    name: context,
    prepare: async (admin, database) => {
      await prepareReader(admin, reader);
      await prepareContext(admin, { schema: context, owner, app, runner, reader: reader.name });
      await migrate({
        connection: { ...server, user: owner.name, password, database },
        roles: { schema: context, owner: owner.name, app: app.name, runner: runner.name, reader: reader.name },
        sources: migrations,
      });
    },
  });
}

import { SummaryReporter } from '@eaf/testing/summary-reporter';
import { configDefaults, defineConfig } from 'vitest/config';

/** It makes the services' own roles, which belong to a whole server, so it keeps away from the server of all other tests. */
const oldestPostgresOnly = ['deploy/local/test/oldest-postgres.test.ts'];

export default defineConfig({
  // NestJS injects by the types that the compiler writes down. tsconfig.json says so for src alone; tests declare modules, too.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    pool: 'forks',
    // One file after another: each runs whole services, and two at once on two cores starve each other into time-outs.
    maxWorkers: 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', new SummaryReporter()],
    projects: [
      {
        extends: true,
        test: { name: 'portal', include: ['frontend/test/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'postgres-18',
          globalSetup: ['@eaf/testing/vitest-setup'],
          provide: { postgresVersion: 18 },
          include: [
            'libs/*/test/**/*.test.ts',
            'services/*/test/**/*.test.ts',
            'contracts/test/**/*.test.ts',
            'deploy/**/test/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, ...oldestPostgresOnly],
        },
      },
      {
        // What stands in the database by itself (functions, policies, the store) also on the oldest that is supported.
        extends: true,
        test: {
          name: 'postgres-16',
          globalSetup: ['@eaf/testing/vitest-setup'],
          provide: { postgresVersion: 16 },
          include: ['libs/{event-store,migrations}/test/**/*.test.ts', ...oldestPostgresOnly],
        },
      },
    ],
  },
});

import { SummaryReporter } from '@eaf/testing/summary-reporter';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // NestJS injects by the types that the compiler writes down. tsconfig.json says so for src alone; tests declare modules, too.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: [
      'libs/*/test/**/*.test.ts',
      'services/*/test/**/*.test.ts',
      'contracts/test/**/*.test.ts',
      'deploy/**/test/**/*.test.ts',
    ],
    globalSetup: ['@eaf/testing/vitest-setup'],
    pool: 'forks',
    // One file after another: each runs whole services, and two at once on two cores starve each other into time-outs.
    maxWorkers: 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', new SummaryReporter()],
  },
});

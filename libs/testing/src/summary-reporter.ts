import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with the one line that machines read. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const brokenFiles = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0,
    );
    const failed = count('failed') + brokenFiles.length + unhandledErrors.length;
    const skipped = count('skipped');
    process.on('exit', (code) => {
      // A run that could not begin, or whose set-up failed, has no failed test and is no success either.
      const failures = code === 0 ? failed : Math.max(failed, 1);
      console.log(`${count('passed')} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    });
  }
}

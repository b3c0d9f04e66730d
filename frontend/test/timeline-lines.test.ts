import { describe, expect, it } from 'vitest';
import { linesOf } from '../src/features/requests/timeline-lines';

const at = (what: string, detail: Record<string, unknown> = {}) => ({
  at: '2026-11-24T14:05:00.000Z',
  what,
  who: { id: 'system:provisioning' },
  why: null,
  detail,
});
const waiting = at('provisioning.run-waiting', { reason: 'template-missing' });

describe('the lines of a timeline', () => {
  it('tell tries for one reason once, and how many there were', () => {
    const lines = linesOf([waiting, at('provisioning.run-resumed'), waiting, at('provisioning.run-resumed'), waiting]);
    expect(lines.map(({ what, times }) => [what, times])).toEqual([['provisioning.run-waiting', 3]]);
  });

  it('show no step as running once the request has failed', () => {
    const begun = at('provisioning.step-intended', { step: 'check' });
    expect(linesOf([begun])[0]?.stopped).toBeUndefined();
    expect(linesOf([begun, waiting, at('request.failed')])[0]?.stopped).toBe(true);
    const done = at('provisioning.step-done', { step: 'check', durationMs: 5 });
    expect(linesOf([begun, done, at('request.failed')])[0]?.stopped).toBeUndefined();
  });
});

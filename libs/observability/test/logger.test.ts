import { describe, expect, it } from 'vitest';
import { createLogger } from '../src/index.js';

const canary = 'canary-7f3a';

function lines(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const written: string[] = [];
  write(createLogger({ service: 'orders', destination: { write: (line: string) => void written.push(line) } }));
  return written.join('');
}

describe('a log line', () => {
  it('tells what is on the list', () => {
    const line = JSON.parse(lines((logger) => logger.info({ operation: 'submit', tenant: 't1', attempt: 2 }, 'Done')));
    expect(line).toMatchObject({ level: 'info', service: 'orders', operation: 'submit', tenant: 't1', attempt: 2 });
    expect(line.msg).toBe('Done');
  });

  const leaks: [string, Record<string, unknown>][] = [
    ['a password', { password: canary }],
    ['a token', { authorization: `Bearer ${canary}` }],
    ['a mail address', { email: `${canary}@example.org` }],
    ['a whole request', { request: { body: canary } }],
    ['a listed field that is an object', { reason: { text: canary } }],
    ['a list', { reason: [canary] }],
    [
      "an error's further fields",
      { err: Object.assign(new Error('refused'), { password: canary, config: { canary } }) },
    ],
    ["its cause's further fields", { err: new Error('refused', { cause: Object.assign(new Error('x'), { canary }) }) }],
    ['what was thrown and is no error', { err: { message: canary } }],
  ];
  it.each(leaks)('does not carry %s', (_, fields) => {
    const written = lines((logger) => logger.error(fields, 'It failed'));
    expect(written).toContain('It failed');
    expect(written).not.toContain('canary');
  });

  it('stays one line whatever the text', () => {
    const written = lines((logger) => logger.info({ reason: 'a\n{"level":"fatal"}' }, 'b\r\nc'));
    expect(written.trimEnd().split('\n')).toHaveLength(1);
  });

  it('names an error, its code and its causes', () => {
    const err = Object.assign(new Error('no answer', { cause: new TypeError('socket') }), { code: 'ECONNREFUSED' });
    expect(JSON.parse(lines((logger) => logger.warn({ err }, 'x'))).err).toMatchObject({
      name: 'Error',
      code: 'ECONNREFUSED',
      message: 'no answer',
      cause: { name: 'TypeError', message: 'socket' },
    });
  });
});

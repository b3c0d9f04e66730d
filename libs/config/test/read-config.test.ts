import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'password');
writeFileSync(file, 'from the file\n');

const variables = z.object({
  PORT: z.coerce.number().int().default(8080),
  PASSWORD: z.string().min(8),
  USER_NAME: z.string().optional(),
});

it('takes a value from its file, and the variable before it', () => {
  expect(readConfig(variables, { PASSWORD_FILE: file })).toEqual({ PORT: 8080, PASSWORD: 'from the file' });
  expect(readConfig(variables, { PASSWORD_FILE: file, PASSWORD: 'by itself', PORT: '1' })).toEqual({
    PORT: 1,
    PASSWORD: 'by itself',
  });
});

it('names every variable at fault, and no value', () => {
  const read = () => readConfig(variables, { PASSWORD: 'geheim', PORT: 'achtzig' });
  expect(read).toThrow(/^The environment is not complete:\n {2}PORT: .+\n {2}PASSWORD: .+$/);
  expect(read).not.toThrow(/geheim|achtzig/);
});

it('says which file could not be read', () => {
  expect(() => readConfig(variables, { PASSWORD_FILE: join(folder, 'absent') })).toThrow(/PASSWORD_FILE: ENOENT/);
});

it('checks what variables must be together', () => {
  const whole = variables.transform(({ PORT, USER_NAME }, context) => {
    if (USER_NAME) return `${USER_NAME}:${PORT}`;
    context.addIssue('USER_NAME must be set');
    return z.NEVER;
  });
  expect(readConfig(variables, { PASSWORD_FILE: file, USER_NAME: 'u' }, whole)).toBe('u:8080');
  expect(() => readConfig(variables, { PASSWORD_FILE: file }, whole)).toThrow('\n  USER_NAME must be set');
});

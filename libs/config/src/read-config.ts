import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * Reads a configuration from the environment. `X_FILE` names a file that holds X, as mounted secrets do; X itself goes before it.
 * @param variables what is read, by name; a variable that it does not name is never looked at
 * @param env       default: this process's
 * @param whole     what the variables must be together; default: nothing more
 * @throws Error with one line a fault, naming variables and never their values
 */
export function readConfig<Shape extends z.ZodObject, Config = z.output<Shape>>(
  variables: Shape,
  env: NodeJS.ProcessEnv = process.env,
  whole: z.ZodType<Config> = variables as unknown as z.ZodType<Config>,
): Config {
  const values = Object.keys(variables.shape).map((name) => [name, env[name] ?? contentOf(env, name)]);
  const parsed = whole.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `  ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
  );
  throw new Error(`The environment is not complete:\n${faults.join('\n')}`);
}

function contentOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`The environment is not complete:\n  ${name}_FILE: ${(error as Error).message}`, { cause: error });
  }
}

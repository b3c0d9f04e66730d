import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromCompose } from './parts-from.js';

/** The checkout. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the local set-up keeps its data; `DVMM_HOME` moves it, as tests do. */
export const home = process.env.DVMM_HOME ?? join(root, fromCompose ? '.dvmm/compose' : '.dvmm');

export const inHome = (...parts: string[]) => join(home, ...parts);
export const logOf = (part: string) => inHome('logs', `${part}.log`);

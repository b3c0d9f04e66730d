import { two } from '../../two/src/index.js';

// Forbidden on purpose: boundaries.mjs must find it.
export const one = two;

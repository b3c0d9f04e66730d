import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a machine is for, as people say it. */
export const environmentWords: Readonly<Record<'production' | 'test' | 'development', MessageDescriptor>> = {
  production: msg`Production`,
  test: msg`Test`,
  development: msg`Development`,
};

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const environmentWords = {
  production: msg`Production`,
  test: msg`Test`,
  development: msg`Development`,
} as const satisfies Record<string, MessageDescriptor>;
export const environmentOrder = ['production', 'test', 'development'] as const;

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a person may be, as functions and not as persons. */
export const roleWords = {
  user: msg`Use`,
  approver: msg({ message: 'Approval', context: 'role' }),
  'tenant-admin': msg`Tenant administration`,
  auditor: msg({ message: 'Audit', context: 'role' }),
  'platform-admin': msg`Platform administration`,
} as const satisfies Record<string, MessageDescriptor>;

export const isRole = (text: string): text is keyof typeof roleWords => text in roleWords;

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a person may be, as functions and not as persons. */
export const roleWords: Readonly<Record<string, MessageDescriptor>> = {
  user: msg`Use`,
  approver: msg`Approval`,
  'tenant-admin': msg`Tenant administration`,
  auditor: msg`Audit`,
  'platform-admin': msg`Platform administration`,
};

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a step of provisioning does, as long as it is to do. */
export const stepWords: Record<string, MessageDescriptor> = {
  check: msg`Check template, network and name`,
  clone: msg`Clone template`,
  size: msg`Apply size`,
  network: msg`Connect network`,
  customise: msg`Customise guest`,
  'power-on': msg`Power on`,
  confirm: msg`Confirm name and address`,
};

import { reasonWords } from '@dvmm/contracts/reasons';
import { useLingui } from '@lingui/react/macro';
import type { Entry } from '../../api/route';
import type { listNotifications } from '../../api/routes';
import { language } from '../../words/language';

/** Who did what, and to which request or machine. */
export function useSentence(): (notification: Entry<typeof listNotifications>) => string {
  const { t } = useLingui();
  return ({ kind, who, vmName, reason }) => {
    const person = who?.name ?? t`A deleted person`;
    const { what } = reasonWords(reason ?? '', language());
    switch (kind) {
      case 'submitted':
        return t`${person} asks for ${vmName}. You may decide.`;
      case 'approved':
        return who ? t`${person} has approved ${vmName}.` : t`${vmName} is approved.`;
      case 'rejected':
        return t`${person} has rejected ${vmName}.`;
      case 'ready':
        return t`${vmName} is ready.`;
      case 'created-not-customised':
        return t`${vmName} is created, not customised. ${what}`;
      case 'failed':
        return t`${vmName} could not be made. ${what}`;
      case 'nobody-may-decide':
        return t`Nobody may decide on ${vmName}, which ${person} asked for.`;
      case 'provisioning-failed':
        return t`${vmName}, which ${person} asked for, could not be made. ${what}`;
      case 'decommission-held-up':
        return t`${vmName} could not be deleted yet. ${what}`;
    }
  };
}

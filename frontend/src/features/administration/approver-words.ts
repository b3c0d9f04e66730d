import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { allOf } from '../../api/query';
import type { Entry } from '../../api/route';
import { listMembers, type listPolicies } from '../../api/routes';

export type Policy = Entry<typeof listPolicies>;
export type Approver = Policy['stages'][number]['approvers'][number];

/** Three kinds of approvers as one text each, so that they can be told apart in a form. */
export function keyOf(approver: Approver): string {
  if ('personId' in approver) return approver.personId;
  return approver.role;
}

export function approverOf(key: string): Approver {
  if (key === 'approver' || key === 'tenant-admin') return { role: key, of: 'tenant' };
  if (key === 'lead') return { role: 'lead', of: 'project' };
  return { personId: key };
}

export const approverRoles = ['lead', 'approver', 'tenant-admin'] as const;

/** How an approver is called within a sentence. */
export function useApproverWords(): (key: string) => string {
  const { t } = useLingui();
  const { data } = useQuery(allOf(listMembers, {}));
  return (key) => {
    if (key === 'lead') return t`project leads`;
    if (key === 'approver') return t`approvers of the tenant`;
    if (key === 'tenant-admin') return t`tenant administration`;
    if (!data) return '…';
    return data.find(({ person }) => person.id === key)?.person.name ?? t`Deleted person`;
  };
}

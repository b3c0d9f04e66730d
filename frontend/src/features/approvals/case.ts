import type { Entry } from '../../api/route';
import type { listApprovals } from '../../api/routes';

export type Case = Entry<typeof listApprovals>;

/** Decided together is only what asks for the same decision: one policy, one version, one stage. */
export function alike(one: Case, other: Case): boolean {
  return (
    one.policy.id === other.policy.id &&
    one.policy.version === other.policy.version &&
    one.stage.number === other.stage.number
  );
}

/** The one after it that waits for me, else the first that does; undefined when nothing is left. */
export function nextAfter(cases: readonly Case[], id: string, left: (item: Case) => boolean): Case | undefined {
  const at = cases.findIndex((item) => item.id === id);
  const waits = (item: Case) => item.mayDecide && item.id !== id && left(item);
  return cases.slice(at + 1).find(waits) ?? cases.find(waits);
}

/** Who fits a policy's stages now, by principal id. Worked out from roles before a decision; the decider only chooses. */
export interface Electorate {
  /** By stage, in order. */
  readonly stages: readonly (readonly string[])[];
  /** Who steps in where a stage names too few: the tenant's administrators. */
  readonly administrators: readonly string[];
}

export interface Eligible {
  readonly approverIds: string[];
  readonly escalatedToAdministrators: boolean;
  /** Enough people to reach what is still needed. */
  readonly enough: boolean;
}

/**
 * Who may decide in a stage: never the requester, nobody who has counted before in this case (D14). Where the stage's own
 * people cannot reach the quorum, the tenant administrators join them.
 */
export function eligibleIn(
  stage: number,
  needed: number,
  electorate: Electorate,
  excluded: ReadonlySet<string>,
): Eligible {
  const own = (electorate.stages[stage - 1] ?? []).filter((id) => !excluded.has(id));
  if (own.length >= needed) return { approverIds: sorted(own), escalatedToAdministrators: false, enough: true };
  const joined = sorted([...own, ...electorate.administrators.filter((id) => !excluded.has(id))]);
  return { approverIds: joined, escalatedToAdministrators: true, enough: joined.length >= needed };
}

function sorted(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

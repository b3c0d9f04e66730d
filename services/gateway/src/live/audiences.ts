import type { Principal } from '../sessions/principals.js';

/** What a person's hints are addressed to. */
export function audiencesOf({ personId, roles, scopes }: Principal): ReadonlySet<string> {
  return new Set([`person:${personId}`, ...scopes, ...roles.map((role) => `role:${role}`)]);
}

import { openSession, platformTenant } from '@dvmm/contracts';
import type { Calls } from '@eaf/messaging';
import { isRefusal, type Output } from '@eaf/messaging/contract';
import type { VerifiedPerson } from './identity-provider.js';

export type Identified = Output<typeof openSession>;

/** Asks tenant who is behind a verified person. She has no tenant yet, so the question is asked in the platform's. */
export async function identify(
  calls: Pick<Calls, 'askAsService'>,
  { groups, ...person }: VerifiedPerson,
  about: { correlationId: string; signIn: boolean; setupToken?: string | undefined },
): Promise<Identified> {
  const { correlationId, signIn, setupToken } = about;
  const input = { ...person, groups: [...groups], setupToken: setupToken ?? null, signIn };
  const reply = await calls.askAsService(openSession, input, { tenant: platformTenant, correlationId });
  if (isRefusal(reply)) throw new Error('tenant.open-session lists no refusal.');
  return reply;
}

import { openSession, platformTenant } from '@dvmm/contracts';
import type { OidcClaims } from '@eaf/auth';
import type { Calls } from '@eaf/messaging';
import { isRefusal, type Output } from '@eaf/messaging/contract';
import { languageOf } from '../languages.js';

export type Identified = Output<typeof openSession>;

/** Asks tenant who is behind a verified person. She has no tenant yet, so the question is asked in the platform's. */
export async function identify(
  calls: Pick<Calls, 'askAsService'>,
  { issuer, subject, name, email, emailVerified, locale, groups }: OidcClaims,
  about: {
    correlationId: string;
    signIn: boolean;
    setupToken?: string | undefined;
    backdatedSeconds?: number | undefined;
  },
): Promise<Identified> {
  const input = {
    issuer,
    subject,
    name: name.slice(0, 200),
    email,
    emailVerified,
    language: languageOf(locale ?? undefined),
    groups: groups.filter(({ length }) => length <= 200).slice(0, 200),
    setupToken: about.setupToken ?? null,
    signIn: about.signIn,
  };
  const reply = await calls.askAsService(openSession, input, {
    tenant: platformTenant,
    correlationId: about.correlationId,
    backdatedSeconds: about.backdatedSeconds,
  });
  if (isRefusal(reply)) throw new Error('tenant.open-session lists no refusal.');
  return reply;
}

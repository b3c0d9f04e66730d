import { z } from 'zod';
import { languageOf } from '../languages.js';
import type { VerifiedPerson } from './identity-provider.js';

const claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().max(254).optional(),
  email_verified: z.boolean().optional(),
  locale: z.string().optional(),
});

/** Reads the claims of an id or access token whose signature has been checked. */
export function verifiedPerson(payload: Readonly<Record<string, unknown>>, groupsClaim: string): VerifiedPerson {
  const { iss, sub, name, preferred_username, email, email_verified, locale } = claims.parse(payload);
  const groups = z.array(z.string().max(200)).safeParse(payload[groupsClaim]);
  return {
    issuer: iss,
    subject: sub,
    name: (name ?? preferred_username ?? email ?? sub).slice(0, 200),
    email: email ?? null,
    emailVerified: email_verified ?? false,
    language: languageOf(locale),
    groups: groups.success ? groups.data.slice(0, 200) : [],
  };
}

import type { Language } from '@dvmm/contracts';

/** Somebody whom the identity provider vouches for. */
export interface VerifiedPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly language: Language;
  readonly groups: readonly string[];
}

/** What the gateway needs of the provider; see `connect-identity-provider.ts`. */
export interface IdentityProvider {
  /** Begins a sign-in: where to send the browser, and what must come back with it. */
  beginSignIn(): Promise<{ url: string; begun: object }>;
  /** @throws when the provider said no, or `begun` does not fit what came back */
  finishSignIn(callback: URL, begun: unknown): Promise<VerifiedPerson>;
  /** @throws BearerRefused when the token is not for us, not from the issuer, or over; anything else: the provider is away */
  verifyBearer(token: string): Promise<VerifiedPerson>;
  /** Where the browser ends its session with the provider; undefined when the provider offers none. */
  endSessionUrl(): Promise<string | undefined>;
}

/** The token opens nothing. The reason is for the log, never for whoever sent it. */
export class BearerRefused extends Error {
  override readonly name = 'BearerRefused';
}

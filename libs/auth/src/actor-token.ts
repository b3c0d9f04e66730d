import { createHash, type KeyObject, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** What a service states about the question it asks. */
export interface ActorClaims {
  readonly caller: string;
  /** The context that is asked. */
  readonly audience: string;
  readonly operation: string;
  readonly body: Uint8Array;
  readonly tenant: string;
  /** Principal id, or `system:<service>`. */
  readonly principalId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  /** How far back what is asked for plays, in whole seconds; absent: now. */
  readonly backdatedSeconds?: number | undefined;
}

/** A verified token, as its receiver may rely on it. */
export type ActorContext = Omit<ActorClaims, 'audience' | 'operation' | 'body'>;

/** The token says nothing that may be relied on. `reason` is for the log, never for whoever sent it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  constructor(
    readonly reason: string,
    cause?: unknown,
  ) {
    super(`The actor token was refused: ${reason}`, { cause });
  }
}

const lifetime = '30s';
const leewaySeconds = 5;
const type = 'actor+jwt';

/** Signs one question: this operation, with this body, to this context, for thirty seconds. Ed25519. */
export async function signActorToken(key: KeyObject, claims: ActorClaims): Promise<string> {
  return new SignJWT({
    op: claims.operation,
    body: hashOf(claims.body),
    tenant: claims.tenant,
    roles: claims.roles,
    scopes: claims.scopes,
    corr: claims.correlationId,
    ...(claims.causationId ? { caus: claims.causationId } : {}),
    ...(claims.backdatedSeconds ? { back: claims.backdatedSeconds } : {}),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: type })
    .setIssuer(claims.caller)
    .setAudience(claims.audience)
    .setSubject(claims.principalId)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .setJti(randomUUID())
    .sign(key);
}

/**
 * @param expected.publicKeys  by caller; a caller without a key is refused
 * @throws TokenRefused
 */
export async function verifyActorToken(
  token: string,
  expected: {
    readonly publicKeys: ReadonlyMap<string, KeyObject>;
    readonly audience: string;
    readonly operation: string;
    readonly body: Uint8Array;
  },
): Promise<ActorContext> {
  const { payload } = await jwtVerify(token, (_, jws) => keyOf(jws.payload, expected.publicKeys), {
    algorithms: ['EdDSA'],
    audience: expected.audience,
    typ: type,
    // Counted from `iat`: nobody lengthens a token's life by writing a later `exp`.
    maxTokenAge: lifetime,
    clockTolerance: leewaySeconds,
    requiredClaims: ['iss', 'sub', 'exp', 'iat', 'jti', 'tenant', 'op', 'body', 'corr'],
  }).catch((error: unknown) => {
    throw error instanceof TokenRefused ? error : new TokenRefused((error as Error).message, error);
  });
  if (payload.op !== expected.operation) throw new TokenRefused('another operation');
  if (payload.body !== hashOf(expected.body)) throw new TokenRefused('another body');
  const { iss, sub, tenant, roles, scopes, corr, caus, back } = payload;
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof tenant !== 'string' || typeof corr !== 'string') {
    throw new TokenRefused('claims of the wrong type');
  }
  if (!isStrings(roles) || !isStrings(scopes)) throw new TokenRefused('roles or scopes of the wrong type');
  if (back !== undefined && !(Number.isSafeInteger(back) && Number(back) > 0)) {
    throw new TokenRefused('a distance in time that is none');
  }
  return {
    caller: iss,
    tenant,
    principalId: sub,
    roles,
    scopes,
    correlationId: corr,
    causationId: typeof caus === 'string' ? caus : undefined,
    backdatedSeconds: typeof back === 'number' ? back : undefined,
  };
}

/** The key follows from who the token says it is by; whether that is true, the signature then proves. */
function keyOf(payload: string | Uint8Array, publicKeys: ReadonlyMap<string, KeyObject>): KeyObject {
  const { iss } = JSON.parse(Buffer.from(payload.toString(), 'base64url').toString()) as { iss?: unknown };
  const key = typeof iss === 'string' ? publicKeys.get(iss) : undefined;
  if (!key) throw new TokenRefused('an unknown caller');
  return key;
}

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

import { createHash, randomBytes } from 'node:crypto';
import { signInByScript } from '@eaf/testing';
import { addressesOf, audience, clientId } from './addresses.js';
import { login } from './job/seed.js';
import { localSettingsOfRunning, passwordOf } from './local-settings.js';
import { fromCompose } from './parts-from.js';
import { personNamed } from './people.js';

const help = `npm run token -- <person>
Prints a bearer token of a local person, got by the real authorization code flow with PKCE. Good for an hour:
  curl -H "Authorization: Bearer $(npm run -s token -- erika)" <gateway>/api/v1/me`;

const user = process.argv[2];
if (!user || user === '--help') {
  console.log(help);
  process.exit(user ? 0 : 2);
}
const settings = localSettingsOfRunning();
const person = personOrEnd(user);
const { issuer, gateway } = addressesOf(settings);
const discovery = await fetch(`${issuer}/.well-known/openid-configuration`).catch(() => undefined);
if (!discovery?.ok) {
  console.error(`The provider at ${issuer} does not answer. Does npm start run?`);
  process.exit(1);
}
const { authorization_endpoint: authorizeAt, token_endpoint: tokenAt } = (await discovery.json()) as Record<
  string,
  string
>;
// The only address that the provider sends a code to. It is taken before it gets there.
const redirectUri = `${gateway}/auth/callback`;
const verifier = randomBytes(32).toString('base64url');
const query = new URLSearchParams({
  client_id: clientId,
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: fromCompose ? 'openid profile email' : 'openid profile email groups',
  resource: audience,
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
  state: randomBytes(8).toString('hex'),
});
const { user: username, password } = login(settings, person.user);
const { url } = await signInByScript({ startUrl: `${authorizeAt}?${query}`, username, password, stopAt: redirectUri });
const response = await fetch(tokenAt ?? '', {
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${Buffer.from(`${clientId}:${passwordOf(settings, 'oidc-client')}`).toString('base64')}`,
  },
  body: new URLSearchParams({
    grant_type: 'authorization_code',
    code: new URL(url).searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    resource: audience,
  }),
});
const { access_token: token, error_description: fault } = (await response.json()) as Record<string, string>;
if (!token) {
  console.error(`No token was given: ${fault ?? response.status}. Does npm start run?`);
  process.exit(1);
}
console.log(token);

function personOrEnd(user: string) {
  try {
    return personNamed(user);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

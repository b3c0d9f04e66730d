import { describe, expect, it } from 'vitest';
import { readGatewayConfig } from '../src/config.js';

const rest = {
  PUBLIC_URL: 'https://dvmm.example',
  KEYCLOAK_CLIENT_ID: 'dvmm-gateway',
  OIDC_CLIENT_SECRET: 'secret',
  OIDC_AUDIENCE: 'urn:dvmm:api',
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_USER: 'gateway',
  NATS_PASSWORD: 'secret',
  ACTOR_KEY_FILE: '/run/keys/gateway.private.pem',
};
const issuerOf = (env: Record<string, string>) => readGatewayConfig({ ...rest, ...env }).OIDC_ISSUER;

describe('backdating', () => {
  const allowed = (PUBLIC_URL: string) =>
    readGatewayConfig({ ...rest, OIDC_ISSUER: 'https://id.example', PUBLIC_URL, ALLOW_BACKDATING: 'true' })
      .ALLOW_BACKDATING;

  it('is allowed on this machine alone, and never by default', () => {
    expect(allowed('http://127.0.0.1:8080')).toBe(true);
    expect(() => allowed('https://dvmm.example')).toThrow('ALLOW_BACKDATING is for a PUBLIC_URL on 127.0.0.1 alone');
    expect(readGatewayConfig({ ...rest, OIDC_ISSUER: 'https://id.example' }).ALLOW_BACKDATING).toBe(false);
  });
});

describe('the issuer', () => {
  const keycloak = { KEYCLOAK_URL: 'https://id.example/', KEYCLOAK_REALM: 'dvmm' };

  it('is the realm of a Keycloak, with a slash behind its URL or without', () => {
    expect(issuerOf(keycloak)).toBe('https://id.example/realms/dvmm');
    expect(issuerOf({ ...keycloak, KEYCLOAK_URL: 'https://id.example/auth' })).toBe(
      'https://id.example/auth/realms/dvmm',
    );
  });

  it('may be any other, which then counts', () => {
    const entra = 'https://login.example/contoso/v2.0';
    expect(issuerOf({ OIDC_ISSUER: entra })).toBe(entra);
    expect(issuerOf({ ...keycloak, OIDC_ISSUER: entra })).toBe(entra);
  });

  it('must be named', () => {
    expect(() => issuerOf({})).toThrow('OIDC_ISSUER, or KEYCLOAK_URL and KEYCLOAK_REALM, must be set');
    expect(() => issuerOf({ KEYCLOAK_URL: 'https://id.example' })).toThrow('must be set');
  });
});

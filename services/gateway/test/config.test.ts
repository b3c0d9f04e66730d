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

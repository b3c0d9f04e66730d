import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createKeyPairFiles, loadPrivateKey, loadPublicKeys, signActorToken, verifyActorToken } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'eaf-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const publicFolder = join(folder, 'public');
const privateFile = (service: string) => join(folder, `${service}.private.pem`);

it('makes a pair for each service, the private half for its owner alone', async () => {
  createKeyPairFiles(folder, publicFolder, ['orders', 'billing']);
  expect(statSync(privateFile('orders')).mode & 0o777).toBe(0o600);
  const publicKeys = loadPublicKeys(publicFolder);
  expect([...publicKeys.keys()].sort()).toEqual(['billing', 'orders']);
  const body = new Uint8Array();
  const token = await signActorToken(loadPrivateKey(privateFile('orders')), {
    caller: 'orders',
    audience: 'billing',
    operation: 'billing.charge',
    body,
    tenant: 't',
    principalId: 'system:orders',
    roles: [],
    scopes: [],
    correlationId: 'c',
  });
  const actor = await verifyActorToken(token, { publicKeys, audience: 'billing', operation: 'billing.charge', body });
  expect(actor.principalId).toBe('system:orders');
});

it('keeps the pairs that are there when a service is added', () => {
  const before = loadPrivateKey(privateFile('orders')).export({ type: 'pkcs8', format: 'pem' });
  createKeyPairFiles(folder, publicFolder, ['orders', 'billing', 'shipping']);
  expect(loadPrivateKey(privateFile('orders')).export({ type: 'pkcs8', format: 'pem' })).toBe(before);
  expect(loadPublicKeys(publicFolder).size).toBe(3);
});

it('writes a lost public half again', () => {
  const { size } = loadPublicKeys(publicFolder);
  rmSync(join(publicFolder, 'orders.public.pem'));
  createKeyPairFiles(folder, publicFolder, ['orders']);
  expect(loadPublicKeys(publicFolder).size).toBe(size);
});

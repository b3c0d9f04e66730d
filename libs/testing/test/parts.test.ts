import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase, signInByScript, startMailSink, startOidcProvider, startVcsim } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'eaf-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('PostgreSQL for tests', () => {
  it('clones a database from a template made once', async () => {
    let prepared = 0;
    const template = {
      name: 'parts',
      prepare: async (admin: { query(sql: string): Promise<unknown> }) => {
        prepared++;
        await admin.query('CREATE TABLE marked (n int); INSERT INTO marked VALUES (1)');
      },
    };
    const first = await createTestDatabase(inject('postgres'), template);
    const second = await createTestDatabase(inject('postgres'), template);
    const { rows } = await second.admin.query('SELECT n FROM marked');
    await Promise.all([first.drop(), second.drop()]);
    expect(rows).toEqual([{ n: 1 }]);
    expect(prepared).toBe(1);
  });
});

describe('the OIDC provider', () => {
  it('gives a code to a person who signs in, and refuses a wrong password', async () => {
    const provider = await startOidcProvider({
      keysFile: join(folder, 'keys.json'),
      audience: 'https://api.example',
      clients: [{ clientId: 'app', clientSecret: 'secret', redirectUris: ['http://127.0.0.1:1/callback'] }],
      people: [{ id: 'p1', username: 'erika', password: 'right', name: 'Erika', email: 'erika@example.org', locale: 'de', groups: [] }],
    });
    const query = new URLSearchParams({
      client_id: 'app',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:1/callback',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      state: 's',
    });
    const start = { startUrl: `${provider.issuer}/auth?${query}`, username: 'erika', stopAt: 'http://127.0.0.1:1/callback' };
    const { url } = await signInByScript({ ...start, password: 'right' });
    await expect(signInByScript({ ...start, password: 'wrong' })).rejects.toThrow('401');
    await provider.close();
    expect(new URL(url).searchParams.get('code')).toBeTruthy();
  });
});

describe('the mail sink', () => {
  it('refuses as often as it is told, then takes the mail', async () => {
    const sink = await startMailSink({ user: 'u', password: 'p', storeFile: join(folder, 'mails.jsonl') });
    const transport = createTransport({ host: '127.0.0.1', port: sink.smtpPort, auth: { user: 'u', pass: 'p' }, ignoreTLS: true });
    const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'Ümläute', text: 'x', messageId: '<1@example.org>' };
    sink.refuse(1);
    await expect(transport.sendMail(mail)).rejects.toThrow('451');
    await transport.sendMail(mail);
    transport.close();
    await sink.close();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({ messageId: '<1@example.org>', subject: 'Ümläute', to: ['b@example.org'] });
  });
});

describe('vcsim', () => {
  it('shows a certificate that a client can trust', async () => {
    const vcsim = await startVcsim({ dir: folder, password: 'secret', logFile: join(folder, 'vcsim.log') });
    const { request } = await import('node:https');
    const status = await new Promise((resolve, reject) => {
      request({ host: vcsim.host, port: vcsim.port, path: '/about', ca: vcsim.ca }, (response) => resolve(response.statusCode))
        .once('error', reject)
        .end();
    });
    await vcsim.stop();
    expect(status).toBe(200);
  });
});

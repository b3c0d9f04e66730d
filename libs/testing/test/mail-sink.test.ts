import { appendFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { freePort, type ReceivedMail, spawnProgram, startMailSink } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
const login = { user: 'u', password: 'p' };
const mail = {
  from: 'a@example.org',
  to: 'B@example.org',
  subject: 'Ümläute <script>',
  text: 'x',
  html: '<p>x</p><script>1</script>',
  messageId: '<1@example.org>',
};

it('refuses as often as it is told, then takes the mail and keeps it through a restart', async () => {
  const config = { ...login, storeFile: join(folder, 'mails.jsonl') };
  const first = await startMailSink(config);
  await post(`${first.webUrl}/api/refuse`, { count: 1 });
  await expect(send(first.smtpPort)).rejects.toThrow('451');
  await send(first.smtpPort);
  await expect(send(first.smtpPort, 'wrong')).rejects.toThrow('535');
  await first.close();
  appendFileSync(config.storeFile, '{"id":2,"cut'); // As a crash leaves it.

  const second = await startMailSink(config);
  await send(second.smtpPort);
  const found = (await (await fetch(`${second.webUrl}/api/mails?to=b@example.org`)).json()) as ReceivedMail[];
  expect(found.map(({ id, messageId, subject }) => ({ id, messageId, subject }))).toEqual([
    { id: 1, messageId: '<1@example.org>', subject: 'Ümläute <script>' },
    { id: 2, messageId: '<1@example.org>', subject: 'Ümläute <script>' },
  ]);
  expect(await (await fetch(`${second.webUrl}/api/mails?to=nobody@example.org`)).json()).toEqual([]);
  expect((await fetch(`${second.webUrl}/api/mails/3`)).status).toBe(404);
  const page = await (await fetch(`${second.webUrl}/mails/1`)).text();
  expect(page).not.toContain('<script>');
  await fetch(`${second.webUrl}/api/mails`, { method: 'DELETE' });
  expect(second.mails).toEqual([]);
  await second.close();
});

it('outlives a client that goes away in the middle of a mail', async () => {
  const sink = await startMailSink(login);
  const socket = connect(sink.smtpPort, '127.0.0.1');
  await new Promise((resolve) => socket.once('data', resolve));
  socket.resetAndDestroy();
  await send(sink.smtpPort);
  await sink.close();
  expect(sink.mails).toHaveLength(1);
});

it('runs as a program and ends when told, also while a client is connected', async () => {
  const config = { ...login, smtpPort: await freePort(), httpPort: await freePort() };
  const program = await spawnProgram('mail-sink', config, { dir: folder, logFile: join(folder, 'mail.log') });
  await expect(startMailSink(config)).rejects.toThrow(
    `Port ${config.smtpPort}, which the mail sink (SMTP) needs, is taken`,
  );
  await expect(startMailSink({ ...config, smtpPort: 0 })).rejects.toThrow(
    `Port ${config.httpPort}, which the mail sink's page needs, is taken`,
  );
  const socket = connect(config.smtpPort, '127.0.0.1');
  await new Promise((resolve) => socket.once('data', resolve));
  const told = Date.now();
  await program.stop();
  socket.destroy();
  expect(Date.now() - told).toBeLessThan(2_000);
});

async function send(port: number, pass = 'p'): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, auth: { user: 'u', pass }, ignoreTLS: true });
  try {
    await transport.sendMail(mail);
  } finally {
    transport.close();
  }
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
}

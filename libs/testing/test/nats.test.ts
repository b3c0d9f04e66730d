import { statSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { expect, it } from 'vitest';
import { eventually, startNats } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
const password = 'a "quoted" $word';
const users = [
  { user: 'all', password },
  { user: 'narrow', password, permissions: { publish: ['own.>'], subscribe: ['own.>'] } },
];

it('keeps stored messages through a crash, on the same port', async () => {
  const nats = await startNats({ dir: join(folder, 'kept'), users, logFile: join(folder, 'nats.log') });
  const firstPid = nats.pid;
  const connection = await connect({
    servers: nats.url,
    user: 'all',
    pass: password,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
  });
  const api = async (subject: string, body: unknown) =>
    (await connection.request(`$JS.API.STREAM.${subject}`, JSON.stringify(body))).json<{
      state?: { messages: number };
      error?: { description: string };
    }>();
  await api('CREATE.things', { name: 'things', subjects: ['own.things'], storage: 'file' });
  await connection.request('own.things', 'one');
  await nats.kill();
  await nats.restart();
  const info = await eventually(() => api('INFO.things', {}).catch(() => undefined), {
    what: 'the stream being there again',
  });
  await connection.close();
  await nats.stop();
  expect(info.state?.messages).toBe(1);
  expect(nats.pid).not.toBe(firstPid);
  expect(statSync(join(folder, 'kept', 'nats.conf')).mode & 0o777).toBe(0o600);
});

it('lets a user do what it may and nothing else', async () => {
  const nats = await startNats({
    dir: join(folder, 'users'),
    users,
    logFile: join(folder, 'users.log'),
    durable: false,
  });
  const narrow = await connect({ servers: nats.url, user: 'narrow', pass: password });
  const refused = new Promise<string>((resolve) => void watch(narrow.status(), resolve));
  narrow.publish('foreign.things', 'x');
  expect(await refused).toContain('foreign.things');
  await narrow.close();
  await expect(connect({ servers: nats.url, user: 'narrow', pass: 'wrong', reconnect: false })).rejects.toThrow(
    /authorization/i,
  );
  await expect(startNats({ dir: folder, users, port: nats.port, logFile: join(folder, 'x.log') })).rejects.toThrow(
    `Port ${nats.port}, which NATS needs, is taken`,
  );
  await nats.stop();
});

async function watch(
  statuses: AsyncIterable<{ type: string; error?: Error }>,
  tell: (message: string) => void,
): Promise<void> {
  for await (const status of statuses) if (status.type === 'error') tell(status.error?.message ?? '');
}

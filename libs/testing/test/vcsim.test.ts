import { request } from 'node:https';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listVcsimVms, loginToVcsim, makeVcsimTemplate, startVcsim, type Vcsim } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();

it('shows a certificate that a client can trust, the same one after a crash', async () => {
  const vcsim = await startVcsim({ dir: folder, password: 'secret', logFile: join(folder, 'vcsim.log') });
  const { port, ca } = vcsim;
  expect(await status(`https://127.0.0.1:${port}/about`, ca)).toBe(200);
  await vcsim.kill();
  await vcsim.restart();
  expect(await status(`https://localhost:${port}/about`, ca)).toBe(200);
  await expect(status(`https://127.0.0.1:${port}/about`)).rejects.toThrow(/self-signed/);
  await expect(loginToVcsim({ ...vcsim, password: 'wrong' })).rejects.toThrow('Login failure');
  await (await loginToVcsim(vcsim)).logout();
  await vcsim.stop();
});

it('keeps its machines through a good end where that is asked for', async () => {
  const options = {
    dir: join(folder, 'durable'),
    password: 'secret',
    logFile: join(folder, 'durable.log'),
    durable: true,
  };
  const vcsim = await startVcsim(options);
  await makeVcsimTemplate(vcsim, 'kept-template');
  const before = await machinesOf(vcsim);
  expect(before.map(({ name }) => name)).toContain('kept-template');
  await vcsim.restart();
  expect(await machinesOf(vcsim)).toEqual(before);
  await vcsim.stop();
});

async function machinesOf(vcsim: Vcsim) {
  const api = await loginToVcsim(vcsim);
  const machines = await listVcsimVms(api);
  await api.logout();
  return machines;
}

function status(url: string, ca?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const trusted = ca ? { ca } : {};
    request(url, { ...trusted, family: 4, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

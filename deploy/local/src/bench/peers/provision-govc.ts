import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { findTool } from '@eaf/testing';
import { inHome } from '../../folder.js';
import { localSettings } from '../../local-settings.js';
import { servePeer } from '../peer.js';
import { clonesAtOnce, startBenchVCenter, template } from './vcenter.js';

/** What an administrator would write: eight govc at once, each waiting for its VM's address. */
servePeer(async ({ size }) => {
  const settings = await localSettings();
  const [govc, { vcsim, stop }] = await Promise.all([findTool('govc'), startBenchVCenter(settings)]);
  writeFileSync(inHome('ca.pem'), vcsim.ca);
  const env = {
    PATH: process.env.PATH,
    HOME: inHome(),
    GOVC_URL: vcsim.url,
    GOVC_USERNAME: vcsim.user,
    GOVC_PASSWORD: vcsim.password,
    GOVC_TLS_CA_CERTS: inHome('ca.pem'),
    GOVC_PERSIST_SESSION: 'false', // Eight at once trip over each other's half-written session file.
  };
  const placed = ['-pool=/DC0/host/DC0_C0/Resources', '-ds=LocalDS_0', '-net=VM Network', '-c=2', '-m=2048'];
  let made = 0;
  return {
    async round() {
      const names = Array.from({ length: size }, () => `govc-${made++}`);
      const clone = [govc, 'vm.clone', '-vm', template, ...placed, '-on=true', '-waitip=true', '{}'];
      const began = performance.now();
      await run('xargs', ['-P', String(clonesAtOnce), '-I', '{}', ...clone], names.join('\n'), env);
      return { seconds: (performance.now() - began) / 1_000 };
    },
    close: stop,
  };
});

function run(program: string, args: string[], input: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2_000);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${complaint}`)),
    );
    child.stdin.end(input);
  });
}

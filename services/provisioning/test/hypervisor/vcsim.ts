import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVcsimTemplate, startVcsim as startSimulator, type Vcsim, type VcsimLogin } from '@eaf/testing';
import type { HypervisorConnection } from '../../src/hypervisor/hypervisor.js';

export const TEMPLATE = 'ubuntu-24.04';

export type VCenter = {
  simulator: Vcsim;
  /** For the world outside the product. */
  login: VcsimLogin;
  connection(overrides?: Partial<HypervisorConnection>): HypervisorConnection;
  /** Every SOAP request so far, as vcsim received it. */
  requests(): string[];
  stop(): Promise<void>;
};

/** A vcsim of this test file alone, with one template. */
export async function startVCenter(args: string[] = []): Promise<VCenter> {
  const dir = mkdtempSync(join(tmpdir(), 'vcenter-'));
  const trace = join(dir, 'trace.xml');
  const simulator = await startSimulator({
    dir,
    password: 'let me in',
    logFile: join(dir, 'vcsim.log'),
    args: ['-trace-file', trace, ...args],
  });
  const { url, user, password, ca } = simulator;
  const login = { url, user, password, ca };
  await makeVcsimTemplate(login, TEMPLATE);
  return {
    simulator,
    login,
    connection: (overrides = {}) => ({
      id: 'vc-test',
      host: `127.0.0.1:${simulator.port}`,
      user,
      password,
      caPem: ca,
      placement: {
        datacenter: 'DC0',
        folder: 'dvmm/nordwind',
        resourcePool: 'DC0_C0/Resources',
        datastore: 'LocalDS_0',
      },
      ...overrides,
    }),
    requests: () =>
      readFileSync(trace, 'utf8')
        .split(/^(?=Re(?:quest|sponse): )/m)
        .filter((entry) => entry.startsWith('Request: ')),
    stop: async () => {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startNats, startPostgres } from '@eaf/testing';
import type { Figure, Round } from './figures.js';
import type { BenchParts, Measured } from './peer.js';
import { PeerProcess } from './peer-process.js';
import { type Goal, judge, quantile, type Verdict } from './verdict.js';

export interface FigureResult {
  readonly figure: string;
  readonly ratios: readonly (Verdict & { name: string; goal: Goal; rounds: number[] })[];
  /** Medians of what was measured. */
  readonly absolute: Measured;
  /** Why rounds did not count. */
  readonly void: readonly string[];
}

export interface MeasureOptions {
  readonly rounds: number;
  readonly size: number;
  readonly dir: string;
  readonly say: (line: string) => void;
}

const password = 'only-for-the-bench';

/** Runs a figure's peers in turn, round by round, on servers that flush to disk as in production. */
export async function measure(figure: Figure, { rounds, size, dir, say }: MeasureOptions): Promise<FigureResult> {
  makePassable(dir);
  const [postgres, nats] = await Promise.all([
    startPostgres({ dataDir: join(dir, 'postgres'), password, logFile: join(dir, 'postgres.log') }),
    startNats({ dir: join(dir, 'nats'), users: [{ user: 'bench', password }], logFile: join(dir, 'nats.log') }),
  ]);
  const peers: PeerProcess[] = [];
  try {
    for (const [name, program] of Object.entries(figure.peers)) {
      const own = join(dir, name.replaceAll(/\W+/g, '-'));
      makePassable(own);
      const peer = new PeerProcess(name, program, { ...process.env, DVMM_HOME: own });
      peers.push(peer);
      say(`${figure.name}: preparing ${name}`);
      const { host, port, user } = postgres;
      const parts: BenchParts = {
        postgres: { host, port, user, password },
        nats: { url: nats.url, user: 'bench', password },
        dir: own,
        size,
      };
      await peer.ask({ prepare: parts });
      await peer.ask({ round: true }); // Warms caches and the compiler; not counted.
    }
    const good: Round[] = [];
    const bad: string[] = [];
    for (let n = 1; n <= rounds; n += 1) {
      say(`${figure.name}: round ${n} of ${rounds}`);
      await oneRound(peers).then(
        (round) => good.push(round),
        (error: Error) => bad.push(error.message),
      );
    }
    return resultOf(figure, good, bad);
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
    await Promise.all([postgres.stop(), nats.stop()]);
  }
}

async function oneRound(peers: readonly PeerProcess[]): Promise<Round> {
  const round: Record<string, Measured> = {};
  for (const peer of peers) round[peer.name] = await peer.ask({ round: true });
  return round;
}

function resultOf(figure: Figure, good: readonly Round[], bad: readonly string[]): FigureResult {
  if (good.length === 0) throw new Error(`${figure.name}: no round was good.\n${bad.join('\n')}`);
  const shown = good.map(figure.shows);
  const names = Object.keys(shown[0] ?? {});
  return {
    figure: figure.name,
    ratios: figure.ratios.map(({ name, of, goal }) => {
      const rounds = good.map(of);
      return { name, goal, rounds, ...judge(rounds, goal) };
    }),
    absolute: Object.fromEntries(
      names.map((name) => [
        name,
        quantile(
          shown.map((one) => one[name] ?? Number.NaN),
          0.5,
        ),
      ]),
    ),
    void: bad,
  };
}

/** Passable: PostgreSQL runs as a user of its own where we are root. */
function makePassable(dir: string): void {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o711);
}

import { fileURLToPath } from 'node:url';
import type { Measured } from './peer.js';
import type { Goal } from './verdict.js';

/** What every peer of a figure measured in one round, by the peer's name. */
export type Round = Readonly<Record<string, Measured>>;

export interface Figure {
  readonly name: string;
  readonly says: string;
  /** Ours first; each an own process. */
  readonly peers: Readonly<Record<string, string>>;
  /** Work of one round. */
  readonly size: { readonly full: number; readonly quick: number };
  readonly ratios: readonly Ratio[];
  /** Absolute values to print; the machine's, never a goal. */
  readonly shows: (round: Round) => Measured;
}

export interface Ratio {
  readonly name: string;
  readonly of: (round: Round) => number;
  readonly goal: Goal;
}

const ours = (name: string) => fileURLToPath(new URL(`./peers/${name}.js`, import.meta.url));
const theirs = (name: string) => fileURLToPath(new URL(`../../bench-peers/${name}.mjs`, import.meta.url));

/** @throws Error when a peer did not measure it */
function value(round: Round, peer: string, measured: string): number {
  const found = round[peer]?.[measured];
  if (found === undefined) throw new Error(`${peer} measured no ${measured}`);
  return found;
}

const promised = (name: string, measured: string, limit: number): Ratio => ({
  name,
  of: (round) => value(round, 'portal', measured) / limit,
  goal: { atMost: 1 },
});

const quotient = (peer: string, measured: string, baseline: string, by: string) => (round: Round) =>
  value(round, peer, measured) / value(round, baseline, by);

/** Goals from what was measured of comparable systems; each is a ratio of one run, because machines differ. */
export const figures: readonly Figure[] = [
  {
    name: 'append',
    says: 'events stored under row-level security by 8 connections, against the bare rows and against emmett',
    peers: {
      eaf: ours('append-eaf'),
      'bare INSERT': ours('append-bare'),
      'emmett-postgresql': theirs('append-emmett'),
    },
    size: { full: 6_000, quick: 2_000 },
    ratios: [
      {
        name: 'eaf / bare INSERT',
        of: quotient('eaf', 'perSecond', 'bare INSERT', 'perSecond'),
        goal: { atLeast: 0.8 },
      },
      {
        name: 'eaf / emmett-postgresql',
        of: quotient('eaf', 'perSecond', 'emmett-postgresql', 'perSecond'),
        goal: { atLeast: 2 },
      },
    ],
    shows: (round) => ({
      'eaf events/s': value(round, 'eaf', 'perSecond'),
      'bare events/s': value(round, 'bare INSERT', 'perSecond'),
      'emmett events/s': value(round, 'emmett-postgresql', 'perSecond'),
    }),
  },
  {
    name: 'relay',
    says: 'from storing an event to its handler; void unless 8 writers lose and double none',
    peers: {
      eaf: ours('relay-eaf'),
      'INSERT + JetStream': ours('relay-bare'),
      'graphile-worker': theirs('relay-graphile-worker'),
    },
    size: { full: 400, quick: 200 },
    ratios: [
      {
        name: 'eaf p50 / (INSERT + JetStream) p50',
        of: quotient('eaf', 'p50Ms', 'INSERT + JetStream', 'p50Ms'),
        goal: { atMost: 1.5 },
      },
      {
        name: 'eaf p50 / graphile-worker p50',
        of: quotient('eaf', 'p50Ms', 'graphile-worker', 'p50Ms'),
        goal: { atMost: 0.9 },
      },
      {
        name: 'eaf p99 / eaf p50',
        of: quotient('eaf', 'p99Ms', 'eaf', 'p50Ms'),
        goal: { atMost: 4 },
      },
    ],
    shows: (round) => ({
      'eaf p50 ms': value(round, 'eaf', 'p50Ms'),
      'eaf p99 ms': value(round, 'eaf', 'p99Ms'),
      'bare p50 ms': value(round, 'INSERT + JetStream', 'p50Ms'),
      'bare p99 ms': value(round, 'INSERT + JetStream', 'p99Ms'), // Tells a slow machine from a slow relay.
      'graphile-worker p50 ms': value(round, 'graphile-worker', 'p50Ms'),
    }),
  },
  {
    name: 'provision',
    says: 'granted requests to VMs that report their address; clones of 1 s, 8 at once, on the vCenter simulator',
    peers: { dvmm: ours('provision-dvmm'), govc: ours('provision-govc') },
    size: { full: 64, quick: 32 },
    ratios: [
      {
        name: 'makespan / ideal',
        of: quotient('dvmm', 'seconds', 'dvmm', 'idealSeconds'),
        goal: { atMost: 1.15 },
      },
      {
        name: 'makespan / govc with xargs -P 8',
        of: quotient('dvmm', 'seconds', 'govc', 'seconds'),
        goal: { atMost: 1 },
      },
      {
        name: 'SOAP calls a VM',
        of: (round) => value(round, 'dvmm', 'soapCallsPerVm'),
        goal: { atMost: 8 },
      },
    ],
    shows: (round) => ({
      'dvmm s': value(round, 'dvmm', 'seconds'),
      'govc s': value(round, 'govc', 'seconds'),
      'ideal s': value(round, 'dvmm', 'idealSeconds'),
    }),
  },
  {
    name: 'portal',
    says: 'the portal in a browser on a processor four times slower, with 10,000 machines and 100 open streams',
    peers: { portal: ours('portal') },
    size: { full: 10_000, quick: 2_000 },
    // Each against what people were promised: 1 is the promise.
    ratios: [
      ...(['home', 'newRequest', 'queue', 'machines'] as const).flatMap((screen) => [
        promised(`${screen} LCP / 1.5 s`, `${screen}LcpMs`, 1_500),
        promised(`${screen} INP / 100 ms`, `${screen}InpMs`, 100),
        promised(`${screen} CLS / 0.02`, `${screen}Cls`, 0.02),
      ]),
      promised('longest task while scrolling / 50 ms', 'longestTaskMs', 50),
      promised('filter / 300 ms', 'filterMs', 300),
      promised('live p95 / 500 ms', 'liveP95Ms', 500),
    ],
    shows: (round) => round.portal ?? {},
  },
];

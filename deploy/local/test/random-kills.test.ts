import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { services } from '@dvmm/contracts';
import { eventually } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenInvariants } from './invariants.js';
import {
  decide,
  kill,
  type Offer,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startAgain,
  startStack,
  stopStack,
  submit,
  superuserOf,
} from './stack-under-test.js';

/** `JOBS=20 KILL_SEED=7 npm test -- random-kills` plays a longer campaign, or an earlier one's kills again. */
const jobs = Number(process.env.JOBS ?? 5);
const seed = Number(process.env.KILL_SEED ?? randomInt(1_000_000));
const random = seeded(seed);
const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;

let stack: Stack;
let erika: Person;
let ayse: Person;
let offer: Offer;

beforeAll(async () => {
  stack = await startStack();
  [erika, ayse] = (await Promise.all(['erika', 'ayse'].map((user) => signIn(stack, user)))) as [Person, Person];
  offer = await offerTo(erika);
}, 240_000);
afterAll(() => stopStack(stack));

describe('the main job', () => {
  it('ends once each while services are killed at random', async () => {
    const done = new AbortController();
    const killing = killAtRandom(done.signal);
    const names: string[] = [];
    try {
      for (let begun = 0; begun < jobs; begun += 2) {
        const pair = await Promise.all(Array.from({ length: Math.min(2, jobs - begun) }, () => wholeJob()));
        names.push(...pair);
      }
    } finally {
      done.abort();
    }
    const killed = await killing;
    console.log(`seed ${seed}: ${jobs} jobs, killed ${killed.join(', ')}`);
    expect(new Set(names).size).toBe(jobs);
    await eventually(
      async () => {
        const superuser = await superuserOf(stack);
        const broken = await brokenInvariants(stack, superuser).finally(() => superuser.end());
        if (broken.length > 0) throw new Error(broken.join('\n'));
        return true;
      },
      { timeoutMs: 90_000, what: 'every promise being kept once nothing is killed any more' },
    );
  }, 900_000);

  // A checker that cannot say no would prove nothing above.
  it.each([
    [
      'a VM is promised that nobody made',
      'UPDATE request.request SET vm = vm || \'{"name":"nobody-made-me"}\'',
      'nobody-made-me',
    ],
    ['a quota counts what nobody holds', 'UPDATE tenant.quota SET used_vms = used_vms + 1', 'quota counts'],
    ['an event was not heard', 'DELETE FROM approval.position', 'is not at the end of'],
    ['a request rests without a reason', "UPDATE request.request SET state = 'approved'", 'gives no reason'],
    ['a mail never came', "UPDATE notification.delivery SET message_id = 'never'", 'in the mailbox: false'],
  ])('is seen to be broken when %s', async (_, lie, finding) => {
    const superuser = await superuserOf(stack);
    try {
      await superuser.query('BEGIN');
      await superuser.query(lie);
      expect((await brokenInvariants(stack, superuser)).join('\n')).toContain(finding);
    } finally {
      await superuser.query('ROLLBACK');
      await superuser.end();
    }
  });
});

/** From asking to ready, as the people do it; the session asks again while something is away. */
async function wholeJob(): Promise<string> {
  const { id, name } = await submit(erika, offer);
  await decide(ayse, id, 'approve');
  await eventually(
    async () => {
      const { state } = await erika.get<{ state: string }>(`/requests/${id}`);
      return state === 'ready' || (['submitted', 'approved', 'provisioning'].includes(state) ? false : ended(state));
    },
    { timeoutMs: 180_000, what: `request ${id} being ready` },
  );
  return name;
}

function ended(state: string): never {
  throw new Error(`It ended as ${state}.`);
}

/** At least a victim a job, each brought back at once, as an orchestrator would. Chance decides who and when. */
async function killAtRandom(until: AbortSignal): Promise<string[]> {
  const killed: string[] = [];
  while (!until.aborted || killed.length < jobs) {
    await pause(200 + random() * 1_800);
    const victim = pick(services);
    await kill(stack, victim);
    killed.push(victim);
    await startAgain(stack, victim);
  }
  return killed;
}

/** mulberry32: small, and the same on every machine, so that a printed seed plays again. */
function seeded(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

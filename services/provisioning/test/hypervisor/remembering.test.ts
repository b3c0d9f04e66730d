import { describe, expect, it } from 'vitest';
import { HypervisorAway } from '../../src/hypervisor/faults.js';
import { VSphereSession } from '../../src/hypervisor/vsphere/session.js';

const placement = { datacenter: 'DC0', folder: 'dvmm/x', resourcePool: 'C0/Resources', datastore: 'DS' };
const session = () => new VSphereSession({ id: 'vc', host: '127.0.0.1:1', user: 'u', password: 'p', placement });
const patient = () => AbortSignal.timeout(10_000);

/** A look-up under way, to be answered by the test. */
function lookUp() {
  const asked = Promise.withResolvers<string>();
  let times = 0;
  let given: AbortSignal | undefined;
  const look = (shared: AbortSignal) => {
    times += 1;
    given = shared;
    return asked.promise;
  };
  return { look, answer: asked.resolve, fail: asked.reject, times: () => times, given: () => given };
}

describe('what a session remembers', () => {
  it('is looked up once for all who ask', async () => {
    const one = session();
    const folder = lookUp();
    const asked = Array.from({ length: 5 }, () => one.remember('folder', folder.look, patient()));
    folder.answer('group-v1');
    expect(await Promise.all(asked)).toEqual(Array(5).fill('group-v1'));
    expect(folder.times()).toBe(1);
  });

  it('comes to who is patient though the first who asked was not', async () => {
    const one = session();
    const folder = lookUp();
    const first = new AbortController();
    const hasty = one.remember('folder', folder.look, first.signal);
    const waiting = one.remember('folder', folder.look, patient());
    first.abort(new Error('no more time'));
    await expect(hasty).rejects.toBeInstanceOf(HypervisorAway);
    expect(folder.given()?.aborted).toBe(false);
    folder.answer('group-v1');
    expect(await waiting).toBe('group-v1');
  });

  it('does not keep who came later longer than they can wait', async () => {
    const one = session();
    const folder = lookUp();
    void one.remember('folder', folder.look, patient());
    const later = one.remember('folder', folder.look, AbortSignal.abort(new Error('no time at all')));
    await expect(later).rejects.toBeInstanceOf(HypervisorAway);
    folder.answer('group-v1');
  });

  it('is looked up anew after it failed', async () => {
    const one = session();
    const [before, after] = [lookUp(), lookUp()];
    const failing = one.remember('folder', before.look, patient());
    before.fail(new Error('not there'));
    await expect(failing).rejects.toThrow('not there');
    after.answer('group-v2');
    expect(await one.remember('folder', after.look, patient())).toBe('group-v2');
  });

  it('stays when an older look-up fails late', async () => {
    const one = session();
    const [older, newer] = [lookUp(), lookUp()];
    const late = one.remember('folder', older.look, patient());
    one.forget();
    newer.answer('group-v2');
    expect(await one.remember('folder', newer.look, patient())).toBe('group-v2');
    older.fail(new Error('too late'));
    await expect(late).rejects.toThrow('too late');
    const third = lookUp();
    expect(await one.remember('folder', third.look, patient())).toBe('group-v2');
    expect(third.times()).toBe(0);
  });
});

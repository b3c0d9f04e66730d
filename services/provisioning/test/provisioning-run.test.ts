import { runStep } from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import { refuseIfEnded, triesPerStep, triesToRemove } from '../src/domain/decide-run.js';
import { hasEnded, leftNothing } from '../src/domain/run-state.js';
import {
  after,
  cancelled,
  cancelling,
  done,
  failed,
  given,
  givingUp,
  intended,
  of,
  resumed,
  spec,
  started,
  until,
  upTo,
  vmName,
  waits,
} from './run-history.js';

const cancel = { type: 'cancel', requestId: of.requestId, vmName, because: 'withdrawn' } as const;
const goOn = { type: 'go-on' } as const;
const ready = {
  type: 'confirm',
  durationMs: 9,
  vm: { vmId: spec.instanceUuid, moref: 'vm-1', hostName: vmName, addresses: ['10.0.0.7'], loginText: null },
} as const;

describe('starting a run', () => {
  it('starts once for one grant', () => {
    given().when({ type: 'start', spec }).then(started);
    given(started).when({ type: 'start', spec }).then();
    given(...upTo('size'))
      .when({ type: 'start', spec })
      .then();
  });

  it('starts nothing when the cancel came before the grant', () => {
    given().when(cancel).then(cancelled);
    given(cancelled).when({ type: 'start', spec }).then();
  });
});

describe('a step', () => {
  it('stores its intent before it acts and its outcome after', () => {
    given(started).when(goOn).then(intended('check'));
    given(started, intended('check'))
      .when({ type: 'complete', step: 'check', moref: null, durationMs: 5 })
      .then(done('check'));
    given(...upTo('clone'))
      .when(goOn)
      .then(intended('clone'));
  });

  it('carries on with an intent that a dead worker left, without a second one', () => {
    given(...upTo('clone'), intended('clone'))
      .when(goOn)
      .then();
  });

  it('counts an outcome once, also when two workers bring it', () => {
    given(...upTo('clone'), intended('clone'), done('clone', 'vm-1'))
      .when({ type: 'complete', step: 'clone', moref: 'vm-1', durationMs: 5 })
      .then();
  });

  it('tells progress in quarters, each once', () => {
    const cloning = [...upTo('clone'), intended('clone')];
    const half = given(...cloning).when({ type: 'progress', percent: 61 }).facts;
    expect(half).toEqual([{ type: 'provisioning.step-progressed', data: { ...of, step: 'clone', percent: 50 } }]);
    given(...cloning, ...half)
      .when({ type: 'progress', percent: 70 })
      .then();
    given(...cloning)
      .when({ type: 'progress', percent: 100 })
      .then();
  });

  it('is ready only when the guest has confirmed', () => {
    given(...upTo('confirm'), intended('confirm'))
      .when(ready)
      .thenTypes('step-done', 'vm-ready');
    expect(after(...upTo('confirm')).phase).toBe('working');
  });

  it('leaves a VM that never confirms as not customised', () => {
    given(...upTo('confirm'), intended('confirm'))
      .when({ type: 'not-confirmed', vmId: spec.instanceUuid, moref: 'vm-1', reason: 'guest-silent' })
      .thenTypes('vm-not-customised');
  });
});

describe('a vCenter that is away', () => {
  const cloning = [...upTo('clone'), intended('clone')];
  const rest = { type: 'rest', reason: 'vcenter-away', detail: 'because' } as const;

  it('makes the run wait, and tells it once', () => {
    given(...cloning)
      .when(rest)
      .then(waits('clone', 'vcenter-away'));
    given(...cloning, waits('clone', 'vcenter-away'))
      .when(rest)
      .then();
  });

  it('takes no try: the same intent goes on', () => {
    given(...cloning, waits('clone', 'vcenter-away'))
      .when(goOn)
      .then(resumed('clone'));
  });

  it('holds back a step that was not begun', () => {
    given(...upTo('clone'), waits('clone', 'queue'))
      .when(goOn)
      .then(resumed('clone'), intended('clone'));
  });
});

describe('a step that fails', () => {
  const sizing = (attempt: number) => [...upTo('size'), intended('size', attempt)];
  const fault = { type: 'fault', reason: 'no-resources', detail: 'No host has room.', until } as const;

  it('is tried again after a pause, as a new try', () => {
    given(...sizing(1))
      .when(fault)
      .thenTypes('run-waiting');
    given(...sizing(1), waits('size', 'no-resources', until))
      .when(goOn)
      .then(resumed('size'), intended('size', 2));
  });

  it('gives up after its tries and removes what was begun', () => {
    given(...sizing(triesPerStep))
      .when(fault)
      .then(givingUp('size'));
    given(...sizing(triesPerStep), givingUp('size'))
      .when({ type: 'removed' })
      .then(failed('size', true));
  });

  it('fails at once where nothing was made yet', () => {
    given(started, intended('check'))
      .when({ type: 'give-up', reason: 'no-resources', detail: 'No host has room.' })
      .then(failed('check', true));
  });

  it('ends visibly with something left when it cannot be removed', () => {
    const notRemoved = { type: 'not-removed', detail: 'no right to delete', until } as const;
    const tries = Array.from({ length: triesToRemove }, () => waits('size', 'removal-failed', until));
    given(...sizing(5), givingUp('size'), ...tries.slice(1))
      .when(notRemoved)
      .thenTypes('run-waiting');
    const { facts } = given(...sizing(5), givingUp('size'), ...tries).when(notRemoved);
    expect(facts).toMatchObject([
      { type: 'provisioning.run-failed', data: { reason: 'no-resources', nothingLeft: false } },
    ]);
  });
});

describe('cancelling', () => {
  it.each(runStep.options)('takes back a run at step %s, before and after its intent', (step) => {
    given(...upTo(step))
      .when(cancel)
      .then(cancelling);
    given(...upTo(step), intended(step))
      .when(cancel)
      .then(cancelling);
    given(...upTo(step), intended(step), cancelling)
      .when({ type: 'removed' })
      .then(cancelled);
  });

  it('takes back a run that waits or gives up', () => {
    given(...upTo('clone'), intended('clone'), waits('clone', 'vcenter-away'))
      .when(cancel)
      .then(cancelling);
    given(...upTo('size'), intended('size', 5), givingUp('size'))
      .when(cancel)
      .then(cancelling);
  });

  it('keeps the fact of a clone that ended meanwhile, and begins no step after it', () => {
    const cloned = [...upTo('clone'), intended('clone'), cancelling];
    given(...cloned)
      .when({ type: 'complete', step: 'clone', moref: 'vm-1', durationMs: 5 })
      .then(done('clone', 'vm-1'));
    given(...cloned, done('clone', 'vm-1'))
      .when(goOn)
      .then();
  });

  it('wins over a guest that confirms after it, and loses to one that confirmed before', () => {
    const confirming = [...upTo('confirm'), intended('confirm')];
    given(...confirming, cancelling)
      .when(ready)
      .thenTypes('step-done');
    given(...confirming, ...given(...confirming).when(ready).facts)
      .when(cancel)
      .then();
  });

  it('knows where nothing can be left without a look at vCenter', () => {
    expect(after(started, intended('check'), cancelling).cloneBegun).toBe(false);
    expect(after(...upTo('clone'), intended('clone'), cancelling).cloneBegun).toBe(true);
  });

  it('ends once', () => {
    given(...upTo('size'), cancelling, cancelled)
      .when(cancel)
      .then();
    given(...upTo('size'), cancelling, cancelled)
      .when({ type: 'removed' })
      .then();
  });
});

describe('an administrator', () => {
  const stuck = [...upTo('size'), intended('size', 5), givingUp('size'), failed('size', false)];

  it('may retry, remove or adopt what a failure left behind', () => {
    expect(refuseIfEnded(after(...stuck))).toBeUndefined();
    given(...stuck)
      .when({ type: 'retry' })
      .then(resumed('size'));
    given(...stuck, resumed('size'))
      .when(goOn)
      .then(intended('size', 1));
    given(...stuck)
      .when({ type: 'remove' })
      .thenTypes('run-giving-up');
    given(...upTo('check'), intended('check'))
      .when({ type: 'remove' })
      .thenTypes('run-failed');
    given(...stuck)
      .when({ type: 'adopt', vmId: spec.instanceUuid, moref: 'vm-1' })
      .thenTypes('vm-not-customised');
  });

  it('cannot act on a run that has ended', () => {
    for (const end of [
      [...upTo('size'), cancelling, cancelled],
      [started, intended('check'), failed('check', true)],
    ]) {
      const run = after(...end);
      expect(hasEnded(run) && leftNothing(run)).toBe(true);
      expect(refuseIfEnded(run)).toMatchObject({ refused: 'run.already-ended' });
    }
    expect(refuseIfEnded(after())).toMatchObject({ refused: 'not-found' });
  });

  it('cannot adopt a VM that is being taken back', () => {
    given(...upTo('size'), cancelling)
      .when({ type: 'adopt', vmId: spec.instanceUuid, moref: 'vm-1' })
      .then();
  });
});

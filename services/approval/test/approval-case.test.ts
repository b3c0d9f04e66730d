import { isRefusal, type Refusal } from '@eaf/messaging/contract';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalCase,
  approve,
  type CaseFact,
  type DecisionRefusal,
  decide,
  evolve,
  noCase,
  reject,
} from '../src/domain/approval-case.js';
import type { Electorate } from '../src/domain/electorate.js';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const [requestId, erika, bernd, clara, dora, projectId] = [id(1), id(2), id(3), id(4), id(5), id(6)] as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const stage = (name: string, quorum = 1) => ({
  name,
  quorum,
  approvers: [{ role: 'approver' as const, of: 'tenant' as const }],
});
const opening = (stages = [stage('one')]) => ({
  requestId,
  requesterId: erika,
  vm: {
    project: { id: projectId, name: 'Webshop' },
    size: { key: 'M', vcpus: 4, memoryMiB: 8192, diskGiB: 100, monthlyCostCents: 4200, currency: 'EUR' },
    template: { id: projectId, name: 'Ubuntu' },
    network: { id: projectId, name: 'Produktion' },
    name: 'web-01',
    environment: 'test' as const,
    leaseDays: null,
    sshPublicKey: null,
  },
  justification: null,
  contentHash: 'h1',
  policy: { id: projectId, name: 'Standard', version: 1 },
  stages,
});
const voters = (...stages: string[][]): Electorate => ({ stages, administrators: [] });
const after = (...facts: CaseFact[]): ApprovalCase => facts.reduce(evolve, noCase);
const types = (decision: readonly CaseFact[] | Refusal) =>
  isRefusal(decision) ? decision.refused : (decision as CaseFact[]).map(({ type }) => type);
const opened = (electorate: Electorate, stages = [stage('one')], automatic = false) =>
  decide({ type: 'open', opening: opening(stages), automatic, electorate }, noCase);
const by = (actorId: string, electorate: Electorate = voters([bernd, clara])) => ({
  actorId,
  contentHash: undefined,
  mayKnow: true,
  electorate,
});

describe('opening a case', () => {
  it('asks those who fit, never the requester', () => {
    const facts = opened(voters([erika, bernd]));
    expect(facts[1]).toMatchObject({
      type: 'approval.stage-opened',
      data: { approverIds: [bernd], escalatedToAdministrators: false },
    });
  });

  it('goes to the administrators when a stage would leave only the requester', () => {
    const facts = opened({ stages: [[erika]], administrators: [erika, dora] });
    expect(facts[1]).toMatchObject({
      type: 'approval.stage-opened',
      data: { approverIds: [dora], escalatedToAdministrators: true },
    });
  });

  it('waits when nobody but the requester could decide, and never grants', () => {
    expect(types(opened({ stages: [[erika]], administrators: [erika] }))).toEqual([
      'approval.case-opened',
      'approval.nobody-may-decide',
    ]);
  });

  it('grants at once what the automatic rule lets through', () => {
    expect(types(opened(voters([bernd]), [stage('one')], true))).toEqual(['approval.case-opened', 'approval.granted']);
  });

  it('happens once, however often the request is heard of', () => {
    const state = after(...opened(voters([bernd])));
    expect(decide({ type: 'open', opening: opening(), automatic: false, electorate: voters([bernd]) }, state)).toEqual(
      [],
    );
  });
});

describe('approving', () => {
  it('refuses the requester before anything else', () => {
    const state = after(...opened(voters([bernd])));
    expect(types(approve(by(erika), state))).toBe('approval.own-request');
    expect(types(reject({ ...by(erika), reason: 'r' }, state))).toBe('approval.own-request');
    const decided = after(...opened(voters([bernd])), ...(approve(by(bernd), state) as CaseFact[]));
    expect(types(approve(by(erika), decided))).toBe('approval.own-request');
  });

  it('grants with the last stage, and not before', () => {
    const electorate = voters([bernd], [clara]);
    const first = opened(electorate, [stage('one'), stage('two')]);
    const one = approve(by(bernd, electorate), after(...first)) as CaseFact[];
    expect(types(one)).toEqual(['approval.stage-approved', 'approval.stage-opened']);
    const two = approve(by(clara, electorate), after(...first, ...one)) as CaseFact[];
    expect(types(two)).toEqual(['approval.stage-approved', 'approval.granted']);
  });

  it('counts a person once over all stages', () => {
    const electorate = voters([bernd], [bernd, clara]);
    const first = opened(electorate, [stage('one'), stage('two')]);
    const one = approve(by(bernd, electorate), after(...first)) as CaseFact[];
    expect(one[1]).toMatchObject({ data: { approverIds: [clara] } });
    expect(types(approve(by(bernd, electorate), after(...first, ...one)))).toBe('approval.not-your-turn');
  });

  it('waits for the quorum, from different people', () => {
    const electorate = voters([bernd, clara]);
    const first = opened(electorate, [stage('one', 2)]);
    const one = approve(by(bernd, electorate), after(...first)) as CaseFact[];
    expect(types(one)).toEqual(['approval.stage-approved']);
    expect(types(approve(by(bernd, electorate), after(...first, ...one)))).toBe('approval.not-your-turn');
    expect(types(approve(by(clara, electorate), after(...first, ...one)))).toEqual([
      'approval.stage-approved',
      'approval.granted',
    ]);
  });

  it('refuses content that the approver did not see', () => {
    const state = after(...opened(voters([bernd])));
    expect(types(approve({ ...by(bernd), contentHash: 'h2' }, state))).toBe('approval.content-changed');
  });

  it('does not exist for those whom the case does not name', () => {
    const state = after(...opened(voters([bernd])));
    expect(types(approve({ ...by(dora), mayKnow: false }, state))).toBe('not-found');
  });

  it('tells who was faster', () => {
    const facts = opened(voters([bernd, clara]));
    const rejected = reject({ ...by(clara), reason: 'r' }, after(...facts)) as CaseFact[];
    const refusal = approve(by(bernd), after(...facts, ...rejected)) as DecisionRefusal;
    expect(refusal).toEqual({
      refused: 'approval.already-decided',
      detail: { outcome: 'rejected', by: { id: clara } },
    });
  });
});

describe('what comes late', () => {
  it('is no fact: a timer after the decision, a second close', () => {
    const facts = opened(voters([bernd]));
    const done = after(...facts, ...(approve(by(bernd), after(...facts)) as CaseFact[]));
    expect(decide({ type: 'expire' }, done)).toEqual([]);
    expect(decide({ type: 'close', because: 'cancelled' }, done)).toEqual([]);
  });
});

describe('a changed role', () => {
  it('gives a waiting case somebody who may decide', () => {
    const state = after(...opened({ stages: [[]], administrators: [] }));
    const facts = decide({ type: 'reconsider', electorate: voters([bernd]) }, state);
    expect(types(facts)).toEqual(['approval.stage-opened']);
    expect(types(approve(by(bernd, voters([bernd])), evolve(state, facts[0] as CaseFact)))).toEqual([
      'approval.stage-approved',
      'approval.granted',
    ]);
  });

  it('takes the decision from who no longer fits', () => {
    const state = after(...opened(voters([bernd, clara])));
    const facts = decide({ type: 'reconsider', electorate: voters([clara]) }, state);
    expect(types(approve(by(bernd), evolve(state, facts[0] as CaseFact)))).toBe('approval.not-your-turn');
  });

  it('says nothing when nothing changed for the case', () => {
    const state = after(...opened(voters([bernd])));
    expect(decide({ type: 'reconsider', electorate: voters([bernd]) }, state)).toEqual([]);
  });
});

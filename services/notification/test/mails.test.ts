import { randomUUID } from 'node:crypto';
import {
  approversChanged,
  nobodyMayDecide,
  requestApproved,
  requestCreatedNotCustomised,
  requestFailed,
  requestReady,
  requestRejected,
  rolesChanged,
  stageOpened,
  vmDecommissionHeldUp,
} from '@dvmm/contracts';
import type { Recorded } from '@eaf/messaging/contract';
import { describe, expect, it } from 'vitest';
import { type House, notificationUnderTest, type Person, publicUrl, sealed } from './notification-under-test.js';

const { service: notification, newHouse } = notificationUnderTest();

type Submitted = Awaited<ReturnType<House['submitted']>>;
const vmId = randomUUID();
const stage = { number: 1, name: 'Fachbereich' };

/** What is told about Erika's request, to whom the mail goes, and what it must say. */
interface MailCase {
  readonly to: 'erika' | 'bernd' | 'administrator';
  readonly tell: (one: Submitted, people: { erika: Person; bernd: Person }) => Promise<Recorded>;
  readonly de: readonly string[];
  readonly en: readonly string[];
  /** Where its link leads; absent: to the request. */
  readonly at?: string;
}
const failure = (nothingLeft: boolean) => ({
  vmName: 'web-01',
  reason: 'no-resources',
  detail: 'Datastore full.',
  nothingLeft,
});
const cases: Record<string, MailCase> = {
  'to decide': {
    to: 'bernd',
    tell: ({ of, ofCase }, { bernd }) =>
      notification.tell(
        stageOpened,
        { ...of, stage, approverIds: [bernd.actorId], quorum: 1, escalatedToAdministrators: false },
        ofCase,
      ),
    de: ['Bitte entscheiden: web-01 für Erika Brandt', 'Webshop', 'Begründung: Für den Herbst'],
    en: ['Please decide: web-01 for Erika Brandt', 'Webshop', 'Justification: Für den Herbst'],
  },
  approved: {
    to: 'erika',
    tell: ({ of, ofRequest }) =>
      notification.tell(
        requestApproved,
        {
          ...of,
          vm: {
            project: { id: randomUUID(), name: 'Webshop' },
            size: { key: 'M', vcpus: 4, memoryMiB: 8192, diskGiB: 100, monthlyCostCents: 4200, currency: 'EUR' },
            template: { id: randomUUID(), name: 'Ubuntu' },
            network: { id: randomUUID(), name: 'Produktion' },
            name: 'web-01',
            environment: 'test',
            leaseDays: null,
            sshPublicKey: null,
          },
          contentHash: 'h1',
          automatic: false,
          approverIds: [],
        },
        ofRequest,
      ),
    de: ['Genehmigt: web-01', 'Webshop', 'Sie müssen nichts tun'],
    en: ['Approved: web-01', 'Webshop', 'You need do nothing'],
  },
  rejected: {
    to: 'erika',
    tell: ({ of, ofRequest }, { bernd }) =>
      notification.tell(
        requestRejected,
        { ...of, approverId: bernd.actorId, reason: sealed('Zu groß für den Zweck.'), vmName: 'web-01' },
        ofRequest,
      ),
    de: ['Abgelehnt: web-01', 'Bernd Muster hat Ihren Antrag', 'Grund: Zu groß für den Zweck.'],
    en: ['Rejected: web-01', 'Bernd Muster rejected your request', 'Reason: Zu groß für den Zweck.'],
  },
  ready: {
    to: 'erika',
    tell: ({ of, ofRequest }) =>
      notification.tell(
        requestReady,
        {
          ...of,
          vmId: randomUUID(),
          vmName: 'web-01',
          hostName: 'web-01',
          addresses: ['10.0.0.7', 'fd00::7'],
          loginText: { de: 'Melden Sie sich mit ssh an.', en: 'Sign in with ssh.' },
        },
        ofRequest,
      ),
    de: ['Bereit: web-01', 'Adresse: 10.0.0.7, fd00::7', 'Melden Sie sich mit ssh an.'],
    en: ['Ready: web-01', 'Address: 10.0.0.7, fd00::7', 'Sign in with ssh.'],
  },
  'created, not customised': {
    to: 'erika',
    tell: ({ of, ofRequest }) =>
      notification.tell(
        requestCreatedNotCustomised,
        { ...of, vmId: randomUUID(), vmName: 'web-01', reason: 'guest-silent' },
        ofRequest,
      ),
    de: ['Erstellt, nicht angepasst: web-01', 'Grund: Die VM läuft, meldet aber keinen Rechnernamen.', 'VMware Tools'],
    en: ['Created, not customised: web-01', 'Reason: The VM runs but reports no host name.', 'VMware Tools'],
  },
  'failed, nothing left': {
    to: 'erika',
    tell: ({ of, ofRequest }) => notification.tell(requestFailed, { ...of, ...failure(true) }, ofRequest),
    de: [
      'Fehlgeschlagen: web-01',
      'Grund: Kein Host in vCenter hat genug freie Leistung.',
      'das Kontingent ist wieder frei',
    ],
    en: ['Failed: web-01', 'Reason: No host in vCenter has enough room.', 'the quota is free again'],
  },
  'failed, to the administrators': {
    to: 'administrator',
    tell: ({ of, ofRequest }) => notification.tell(requestFailed, { ...of, ...failure(false) }, ofRequest),
    de: [
      'Bitte handeln: web-01',
      'Grund: Kein Host in vCenter hat genug freie Leistung.',
      'entfernen Sie das Angefangene',
    ],
    en: ['Please act: web-01', 'Reason: No host in vCenter has enough room.', 'remove what was begun'],
  },
  'nobody may decide, to the administrators': {
    to: 'administrator',
    tell: ({ of, ofCase }) => notification.tell(nobodyMayDecide, { requestId: of.requestId, stage }, ofCase),
    de: [
      'Niemand darf entscheiden: web-01 von Erika Brandt',
      'Stufe: Fachbereich',
      'Geben Sie einer weiteren Person eine Rolle',
    ],
    en: ['Nobody may decide: web-01 by Erika Brandt', 'Stage: Fachbereich', 'Give another person a role'],
  },
  'a VM cannot be deleted, to the administrators': {
    to: 'administrator',
    at: `/machines/${vmId}`,
    tell: ({ of, ofVm }) =>
      notification.tell(
        vmDecommissionHeldUp,
        { vmId, requestId: of.requestId, vmName: 'web-01', reason: 'not-permitted' },
        ofVm,
      ),
    de: [
      'Bitte handeln: web-01 konnte noch nicht gelöscht werden',
      'Grund: Dem vCenter-Konto von DVMM fehlt ein Recht.',
      'DVMM versucht es von selbst weiter',
    ],
    en: [
      'Please act: web-01 could not be deleted yet',
      'Reason: The vCenter account of DVMM lacks a privilege.',
      'DVMM goes on trying by itself',
    ],
  },
};

async function houseWith(language: 'de' | 'en') {
  const house = await newHouse();
  await house.useSmtp();
  const [erika, bernd] = [await house.join(language, 'user'), await house.join(language, 'approver')];
  bernd.name = 'Bernd Muster';
  house.administrator.language = language;
  return { ...house, erika, bernd };
}

describe('a mail', () => {
  for (const [what, { to, tell, at, ...words }] of Object.entries(cases)) {
    for (const language of ['de', 'en'] as const) {
      it(`says in text and HTML, ${language}: ${what}`, async () => {
        const house = await houseWith(language);
        const one = await house.submitted(house.erika, { justification: 'Für den Herbst' });
        const event = await tell(one, house);
        const mails = await house.mailsTo(house[to]);
        await notification.tellAgain(event);
        await notification.settled();
        expect(await house.mailsTo(house[to])).toHaveLength(1);
        const [mail] = mails;
        const [subject = '', ...facts] = words[language];
        expect(mail?.subject).toContain(subject);
        // Whoever is asked to decide lands where it is decided.
        const usual = `/${to === 'bernd' ? 'approvals?id=' : 'requests/'}${one.of.requestId}`;
        const link = publicUrl + (at ?? usual);
        for (const fact of [...facts, link]) expect(mail?.text).toContain(fact);
        // In HTML a fact is a row: label and value stand in cells of their own.
        for (const fact of [...facts.flatMap((fact) => fact.split(': ')), link]) expect(mail?.html).toContain(fact);
        expect(mail?.html).toContain(`lang="${language}"`);
        expect(mail?.from).toBe('"DVMM" <dvmm@example.com>');
      });
    }
  }

  it('to decide goes once to each, however roles change', async () => {
    const house = await houseWith('de');
    const clara = await house.join('de', 'approver');
    const { of, ofCase } = await house.submitted(house.erika);
    const changed = { requestId: of.requestId, stage, escalatedToAdministrators: false };
    await notification.tell(stageOpened, { ...changed, approverIds: [house.bernd.actorId], quorum: 1 }, ofCase);
    for (const approverIds of [[house.bernd, clara], [clara], [house.bernd, clara]]) {
      await notification.tell(
        approversChanged,
        { ...changed, approverIds: approverIds.map(({ actorId }) => actorId) },
        ofCase,
      );
    }
    // A second stage is another question.
    const second = { ...changed, stage: { number: 2, name: 'Betrieb' }, approverIds: [house.bernd.actorId], quorum: 1 };
    await notification.tell(stageOpened, second, ofCase);
    await house.mailsTo(house.bernd, 2);
    await house.mailsTo(clara);
    await notification.settled();
    expect([(await house.mailsTo(house.bernd)).length, (await house.mailsTo(clara)).length]).toEqual([2, 1]);
  });

  it('to administrators reaches those who are it now', async () => {
    const house = await houseWith('de');
    const [former, later] = [await house.join('de', 'tenant-admin'), await house.join('de', 'user')];
    const roles = (person: Person, ...held: 'tenant-admin'[]) =>
      notification.tell(
        rolesChanged,
        { personId: person.actorId, roles: held },
        { tenant: house.tenant, stream: `record:member:${person.actorId}` },
      );
    await roles(former);
    await roles(later, 'tenant-admin');
    await notification.settled();
    const elsewhere = await houseWith('de');
    const { of, ofCase } = await house.submitted(house.erika);
    await notification.tell(nobodyMayDecide, { requestId: of.requestId, stage }, ofCase);
    await house.mailsTo(house.administrator);
    await house.mailsTo(later);
    await notification.settled();
    const written = await notification.rows('SELECT person_id, tenant_id FROM delivery WHERE request_id = $1', [
      of.requestId,
    ]);
    expect(written.map((row) => row.person_id).sort()).toEqual([house.administrator.actorId, later.actorId].sort());
    expect(await notification.rows('SELECT 1 FROM delivery WHERE tenant_id = $1', [elsewhere.tenant])).toEqual([]);
  });

  it('stays one mail whatever names it holds', async () => {
    const hostile = 'Eve\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>{{ url }}';
    const house = await houseWith('en');
    Object.assign(house.bernd, { name: hostile });
    Object.assign(house.erika, { name: hostile });
    const { of, ofCase, ofRequest } = await house.submitted(house.erika, {
      projectName: hostile,
      justification: hostile,
    });
    const opened = {
      requestId: of.requestId,
      stage,
      approverIds: [house.bernd.actorId],
      quorum: 1,
      escalatedToAdministrators: false,
    };
    await notification.tell(stageOpened, opened, ofCase);
    await notification.tell(
      requestRejected,
      { ...of, approverId: house.bernd.actorId, reason: sealed(hostile), vmName: hostile },
      ofRequest,
    );
    for (const person of [house.bernd, house.erika]) {
      const [mail] = await house.mailsTo(person);
      expect(mail?.to).toEqual([person.email]); // The envelope: nobody else gets it.
      expect(mail?.subject).not.toMatch(/[\r\n]/);
      expect(mail?.html).not.toContain('<script>');
      expect(mail?.html).toContain('&lt;script&gt;');
      expect(mail?.text).toContain('{{ url }}');
      expect(mail?.text.split('\n').filter((line) => /^\s*Bcc/.test(line))).toEqual([]);
    }
  });
});

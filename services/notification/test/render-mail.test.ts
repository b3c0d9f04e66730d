import { type MailKind, mailKind } from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import { type MailFacts, renderMail } from '../src/mail/render-mail.js';

const url = 'https://dvmm.example/requests/1';
const common = { vmName: 'web-01', project: 'Webshop', url, loginText: null };
const facts: Record<MailKind, MailFacts> = {
  submitted: { ...common, size: 'M', requester: 'Erika Brandt', justification: null },
  approved: common,
  rejected: { ...common, approver: 'Ayşe Yılmaz', reason: 'Zu groß.' },
  ready: { ...common, hostName: 'web-01', address: '10.0.0.1', loginText: 'ssh ubuntu@…' },
  'created-not-customised': { ...common, reason: 'Kein Rechnername.', todo: 'Prüfen Sie die Konsole.' },
  failed: {
    ...common,
    reason: 'Der Datenspeicher ist voll.',
    todo: 'Beantragen Sie die VM erneut.',
    nothingLeft: 'yes',
  },
  'nobody-may-decide': { ...common, requester: 'Erika Brandt', stage: 'Fachbereich' },
  'provisioning-failed': {
    ...common,
    requester: 'Erika Brandt',
    reason: 'Der Datenspeicher ist voll.',
    detail: 'NoDiskSpace: ds-1',
    nothingLeft: 'no',
  },
  'decommission-held-up': { vmName: 'web-01', url, loginText: null, reason: 'Dem Konto fehlt ein Recht.' },
  test: { url, loginText: null },
};

describe('a mail', () => {
  for (const kind of mailKind.options) {
    for (const language of ['de', 'en'] as const) {
      it(`says all it must: ${kind}, ${language}`, () => {
        const mail = renderMail(kind, language, facts[kind]);
        expect(mail.subject.length).toBeGreaterThan(5);
        expect(mail.text).toContain(url);
        expect(mail.html).toContain(url);
        expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/\{\{|\{%|undefined|\[object/);
      });
    }
  }

  it('shows hostile words as words, and lets none open a header or a fact', () => {
    const hostile = '<script>alert(1)</script>\r\nBcc: all@example.org\n- Adresse: 6.6.6.6 {{ url }}';
    const mail = renderMail('rejected', 'de', {
      ...facts.rejected,
      vmName: hostile,
      reason: hostile,
      approver: hostile,
    });
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).not.toContain('<script>');
    expect(mail.html).toContain('&lt;script&gt;');
    expect(mail.text).toContain('{{ url }}');
    expect(mail.text.split('\n').some((line) => line.startsWith('Bcc') || line.startsWith('Adresse'))).toBe(false);
  });
});

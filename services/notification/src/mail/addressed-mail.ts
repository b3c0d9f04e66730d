import { type Language, type MailKind, reasonWords, resolvePeople } from '@dvmm/contracts';
import { Calls } from '@eaf/messaging';
import { Injectable } from '@nestjs/common';
import type { MailVariables } from '../read-models/tables.js';
import { Settings } from '../settings.js';
import { type MailFacts, type RenderedMail, renderMail } from './render-mail.js';

export interface AddressedMail extends RenderedMail {
  readonly to: { readonly name: string; readonly address: string };
}

export interface MailToAddress {
  readonly tenant: string;
  readonly correlationId: string;
  readonly kind: MailKind;
  readonly personId: string;
  readonly requestId: string | null;
  readonly variables: MailVariables;
}

/** Names, addresses and opened texts are asked for at the moment of sending, and kept nowhere. */
@Injectable()
export class AddressedMails {
  constructor(
    private readonly calls: Calls,
    private readonly settings: Settings,
  ) {}

  /** @returns undefined when the person has no address, or is gone */
  async of(mail: MailToAddress): Promise<AddressedMail | undefined> {
    const entries = Object.entries(mail.variables);
    const people = entries.filter(([name]) => name.startsWith('person:'));
    const sealed = entries.filter(([name, value]) => name.startsWith('sealed:') && value !== null);
    const { people: found, texts } = await this.calls.askAsService(
      resolvePeople,
      { ids: [mail.personId, ...people.map(([, id]) => id ?? '')], sealed: sealed.map(([, text]) => text ?? '') },
      mail,
    );
    const [recipient, ...named] = found;
    if (!recipient?.email) return undefined;
    const facts: MailFacts = {
      ...Object.fromEntries(entries.filter(([name]) => !name.includes(':'))),
      ...Object.fromEntries(
        entries.filter(([name]) => name.startsWith('sealed:')).map(([name]) => [name.slice('sealed:'.length), null]),
      ),
      ...Object.fromEntries(sealed.map(([name], index) => [name.slice('sealed:'.length), texts[index] ?? null])),
      ...Object.fromEntries(people.map(([name], index) => [name.slice('person:'.length), named[index]?.name ?? '–'])),
      ...reasonIn(recipient.language, mail.variables),
      loginText: loginTextIn(recipient.language, mail.variables),
      url: `${this.settings.publicUrl}/${placeOf(mail)}`,
    };
    return {
      ...renderMail(mail.kind, recipient.language, facts),
      to: { name: recipient.name ?? '', address: recipient.email },
    };
  }
}

/** Whoever is asked to decide lands where it is decided, everybody else where the machine or the request is followed. */
function placeOf({ kind, requestId, variables }: MailToAddress): string {
  if (variables.vmId) return `machines/${variables.vmId}`;
  if (!requestId) return '';
  return kind === 'submitted' ? `approvals?id=${requestId}` : `requests/${requestId}`;
}

/** Events carry a code; people read what happened and what to do. */
function reasonIn(language: Language, { reason }: MailVariables): MailFacts {
  if (!reason) return {};
  const { what, todo } = reasonWords(reason, language);
  return { reason: what, todo };
}

function loginTextIn(language: Language, variables: MailVariables): string | null {
  return (language === 'de' ? variables.loginTextDe : variables.loginTextEn) ?? null;
}

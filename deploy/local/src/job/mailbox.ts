import { addressesOf } from '../addresses.js';
import type { LocalSettings } from '../local-settings.js';
import { fromCompose } from '../parts-from.js';

export interface ReadableMail {
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

/** What the local mail server has taken for an address, newest first. */
export async function mailsTo(settings: LocalSettings, address: string): Promise<ReadableMail[]> {
  const { mail } = addressesOf(settings);
  if (fromCompose) return mailpitMailsTo(mail, address);
  return read(`${mail}/api/mails?to=${encodeURIComponent(address)}`);
}

/** @see Mailpit's API v1, "Search messages" and "Get message summary" */
async function mailpitMailsTo(mail: string, address: string): Promise<ReadableMail[]> {
  const query = new URLSearchParams({ query: `to:"${address}"`, limit: '20' });
  const { messages } = await read<{ messages: { ID: string }[] }>(`${mail}/api/v1/search?${query}`);
  const whole = messages.map(({ ID }) =>
    read<{ MessageID: string; Subject: string; Text: string }>(`${mail}/api/v1/message/${ID}`),
  );
  return (await Promise.all(whole)).map(({ MessageID, Subject, Text }) => ({
    messageId: `<${MessageID}>`,
    subject: Subject,
    text: Text,
  }));
}

async function read<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The mail server answered ${response.status}.`);
  return (await response.json()) as T;
}

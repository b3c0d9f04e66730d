import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { prepareFolder } from './folder.js';

/** A mail as it was taken. */
export interface ReceivedMail {
  readonly id: number;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly receivedAt: string;
}

/** The mails taken so far, and, where a file is given, one JSON line there for each. */
export class MailStore {
  readonly mails: ReceivedMail[];
  readonly #file: string | undefined;
  #nextId: number;

  constructor(file: string | undefined) {
    this.#file = file;
    if (file) prepareFolder(dirname(file), 'the mail sink');
    this.mails = file && existsSync(file) ? readLines(file) : [];
    this.#nextId = (this.mails.at(-1)?.id ?? 0) + 1;
  }

  /** @throws Error when it cannot be written; then it is not kept either, so that the sender tries again */
  add(mail: Omit<ReceivedMail, 'id' | 'receivedAt'>): void {
    const kept = { id: this.#nextId, ...mail, receivedAt: new Date().toISOString() };
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
    this.#nextId++;
    this.mails.push(kept);
  }

  find(id: number): ReceivedMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  to(address: string | null): ReceivedMail[] {
    if (!address) return [...this.mails];
    return this.mails.filter(({ to }) => to.some((one) => one.toLowerCase() === address.toLowerCase()));
  }

  clear(): void {
    if (this.#file) writeFileSync(this.#file, '', { mode: 0o600 });
    this.mails.length = 0;
  }
}

/** A line cut short by a crash was never acknowledged to its sender: it is dropped from the file, too. */
function readLines(file: string): ReceivedMail[] {
  const content = readFileSync(file, 'utf8');
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) writeFileSync(file, whole, { mode: 0o600 });
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ReceivedMail);
}

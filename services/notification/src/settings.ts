import { readConfig } from '@eaf/config';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const schema = z.object({
  /** File of the key-encryption keys that SMTP passwords are kept under. */
  KEK_FILE: z.string().min(1),
  /** Hosts and CIDRs, by comma, that this service may connect to. Empty: none. */
  OUTBOUND_ALLOW: z.string().default(''),
  /** Hosts, by comma, that mail may go to without TLS. */
  SMTP_PLAINTEXT_ALLOW: z.string().default(''),
  /** Where links in mails lead. */
  PUBLIC_URL: z.url(),
  /** Right side of Message-IDs. */
  MAIL_ID_DOMAIN: z.string().default('dvmm.local'),
});

@Injectable()
export class Settings {
  readonly #read = readConfig(schema);
  readonly kekFile = this.#read.KEK_FILE;
  readonly outboundAllow = this.#read.OUTBOUND_ALLOW;
  readonly plaintextAllowed = this.#read.SMTP_PLAINTEXT_ALLOW.split(',').map((host) => host.trim());
  readonly publicUrl = this.#read.PUBLIC_URL;
  readonly mailIdDomain = this.#read.MAIL_ID_DOMAIN;
}

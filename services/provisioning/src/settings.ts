import { readConfig } from '@eaf/config';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const schema = z.object({
  /** File of the key-encryption keys that vCenter passwords are kept under. */
  KEK_FILE: z.string().min(1),
  /** Hosts and CIDRs, by comma, that this service may connect to. Empty: none. */
  OUTBOUND_ALLOW: z.string().default(''),
  /** How long a started guest may take to report what was promised. */
  CONFIRM_TIMEOUT_MS: z.coerce.number().int().min(1_000).default(600_000),
  /** How often each vCenter's inventory is read. */
  INVENTORY_EVERY_MS: z.coerce.number().int().min(1_000).default(30_000),
  /** How long a hold may stand before request is asked whether the request was submitted. */
  SETTLE_AFTER_MS: z.coerce.number().int().min(1_000).default(60_000),
});

/** What an operator sets for this service, beside what every service has. */
@Injectable()
export class Settings {
  readonly kekFile: string;
  readonly outboundAllow: string;
  readonly confirmTimeoutMs: number;
  readonly inventoryEveryMs: number;
  readonly settleAfterMs: number;

  constructor() {
    const read = readConfig(schema);
    this.kekFile = read.KEK_FILE;
    this.outboundAllow = read.OUTBOUND_ALLOW;
    this.confirmTimeoutMs = read.CONFIRM_TIMEOUT_MS;
    this.inventoryEveryMs = read.INVENTORY_EVERY_MS;
    this.settleAfterMs = read.SETTLE_AFTER_MS;
  }
}

import { role } from '@dvmm/contracts';
import { readConfig } from '@eaf/config';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const schema = z.object({
  /** File of the key-encryption keys that people's data keys are kept under. */
  KEK_FILE: z.string().min(1),
  /** Which group at the identity provider brings which role: the operator's own mapping, as JSON. */
  GROUP_ROLES: z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('is not JSON');
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string(), role.exclude(['platform-admin']))),
});

@Injectable()
export class Settings {
  readonly #read = readConfig(schema);
  readonly kekFile = this.#read.KEK_FILE;
  readonly groupRoles = this.#read.GROUP_ROLES;
}

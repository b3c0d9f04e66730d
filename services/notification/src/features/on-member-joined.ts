import { memberJoined } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Administrators } from '../administrators.js';

@Controller()
export class OnMemberJoined {
  constructor(private readonly administrators: Administrators) {}

  @Hears(memberJoined)
  async handle(event: Heard<typeof memberJoined>, reaction: Reaction): Promise<void> {
    await this.administrators.note(reaction, event.data.personId, event.data.roles);
  }
}

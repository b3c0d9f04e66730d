import { Live } from '@eaf/messaging';
import type { Reaction } from '@eaf/messaging/contract';
import { Injectable } from '@nestjs/common';
import { decide, type RequestCommand, type VmRequest } from './domain/vm-request.js';
import { hintOf } from './hint.js';
import { Requests } from './requests.js';

/** Decides on a request in answer to an event, and tells those who watch. */
@Injectable()
export class RequestFate {
  constructor(
    private readonly requests: Requests,
    private readonly live: Live,
  ) {}

  async decide(
    reaction: Reaction,
    requestId: string,
    command: Exclude<RequestCommand, { type: 'cancel' }>,
  ): Promise<void> {
    let request: VmRequest | undefined;
    await this.requests.react(
      reaction,
      requestId,
      ({ state }) => {
        request = state;
        return decide(command, state);
      },
      // Else what was heard late would stand in the timeline after its own consequences.
      { at: reaction.event.time },
    );
    if (request && 'vm' in request) {
      this.live.tell(reaction.event.tenant, hintOf(requestId, request.requesterId, request.vm.project.id));
    }
  }
}

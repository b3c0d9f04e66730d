import { requestReady } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

@Controller()
export class OnRequestReady {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(requestReady)
  async handle(event: Heard<typeof requestReady>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, hostName, addresses, loginText } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    await this.mailing.queue(reaction, {
      kind: 'ready',
      requestId,
      to: [requesterId],
      variables: {
        vmName: request.vm_name,
        project: request.project_name,
        hostName,
        address: addresses.join(', '),
        loginTextDe: loginText?.de ?? null,
        loginTextEn: loginText?.en ?? null,
      },
    });
  }
}

import { cancelRequest } from '@dvmm/contracts';
import { Handles, Live, type OperationContext } from '@eaf/messaging';
import { type Input, isRefusal, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { decideCancel, type VmRequest } from '../domain/vm-request.js';
import { hintOf } from '../hint.js';
import { Requests } from '../requests.js';

@Controller()
export class CancelRequest {
  constructor(
    private readonly requests: Requests,
    private readonly live: Live,
  ) {}

  @Handles(cancelRequest)
  async handle({ id }: Input<typeof cancelRequest>, context: OperationContext): Promise<Reply<typeof cancelRequest>> {
    let request: VmRequest | undefined;
    const reply = await this.requests.decide(
      context,
      id,
      ({ state }) => {
        request = state;
        return mayCancel(state, context) ? decideCancel(state) : refuse('not-found');
      },
      { reply: (state) => ({ id, state: 'vm' in state ? state.phase : 'cancelled' }) },
    );
    if (!isRefusal(reply) && request && 'vm' in request) {
      this.live.tell(context.tenant, hintOf(id, request.requesterId, request.vm.project.id));
    }
    return reply;
  }
}

/** The requester, who leads the project, and tenant administrators. To others the request does not exist. */
function mayCancel(state: VmRequest, { actorId, roles, scopes }: OperationContext): boolean {
  if (!('vm' in state)) return false;
  return (
    state.requesterId === actorId ||
    scopes.includes(`project-lead:${state.vm.project.id}`) ||
    roles.includes('tenant-admin')
  );
}

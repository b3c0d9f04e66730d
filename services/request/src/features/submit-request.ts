import { holdName, reserveQuota, submitRequest } from '@dvmm/contracts';
import { retryOnConflict, withoutKey } from '@eaf/event-store';
import { Calls, Handles, Live, type OperationContext } from '@eaf/messaging';
import { type Input, isRefusal, OperationFault, type Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { sql as raw } from 'kysely';
import { v5 as uuidv5 } from 'uuid';
import { contentHashOf } from '../domain/content-hash.js';
import { decide } from '../domain/vm-request.js';
import { hintOf } from '../hint.js';
import { forgetDraft } from '../read-models/forget-draft.js';
import { Requests } from '../requests.js';

@Controller()
export class SubmitRequest {
  constructor(
    private readonly requests: Requests,
    private readonly calls: Calls,
    private readonly live: Live,
  ) {}

  @Handles(submitRequest)
  async handle(input: Input<typeof submitRequest>, context: OperationContext): Promise<Reply<typeof submitRequest>> {
    // Submitted twice at once, or settled meanwhile: whoever lost starts again, and finds the other's answer or a free way.
    return retryOnConflict(() => this.#submit(input, context));
  }

  async #submit(input: Input<typeof submitRequest>, context: OperationContext): Promise<Reply<typeof submitRequest>> {
    const requestId = requestIdOf(context);
    // Load, then reserve, then append at the loaded version (D4): whatever settles this request in between wins.
    const loaded = await this.requests.load(context, requestId);
    if (loaded.replay) return loaded.replay.reply as Reply<typeof submitRequest>;

    const { projectId, size, name, templateId, networkId, environment, leaseDays, sshPublicKey, justification } = input;
    const reserved = await this.calls.ask(
      reserveQuota,
      { requestId, attempt: loaded.version, projectId, size },
      context,
    );
    if (isRefusal(reserved)) return reserved;
    const held = await this.calls.ask(holdName, { requestId, name, templateId, networkId }, context);
    if (isRefusal(held)) {
      // Said at once rather than after the minute in which it would be settled anyway, so that the quota is free for the next try.
      await this.requests.commit(withoutKey(context), loaded, decide({ type: 'settle', requestId }, loaded.state));
      return held;
    }

    const vm = {
      project: reserved.project,
      size: reserved.size,
      template: held.template,
      network: held.network,
      name,
      environment,
      leaseDays,
      sshPublicKey: withoutComment(sshPublicKey),
    };
    const contentHash = contentHashOf(vm);
    const facts = decide(
      { type: 'submit', requestId, requesterId: context.actorId, vm, justification, contentHash },
      loaded.state,
    );
    const reply = await this.requests.commit(context, loaded, facts, {
      reply: () => ({ id: requestId, state: 'submitted' as const, vm }),
      // Another draft stays: what was sent may have come by another way than the form.
      also: () => [
        forgetDraft(this.requests.store.database.sql, context.tenant, context.actorId).where(
          raw<string>`wish->>'name'`,
          '=',
          name,
        ),
      ],
    });
    this.live.tell(context.tenant, hintOf(requestId, context.actorId, vm.project.id));
    return reply;
  }
}

/** What follows a key is mostly its owner's name or address, which no event may hold. */
function withoutComment(sshPublicKey: string | null): string | null {
  return sshPublicKey?.split(' ').slice(0, 2).join(' ') ?? null;
}

/** A retry finds its own reservation: the id follows from tenant, person and key. */
function requestIdOf({ tenant, actorId, idempotency }: OperationContext): string {
  if (!idempotency) throw new OperationFault('invalid-input', 'A request needs an idempotency key.');
  return uuidv5(`${actorId}/${idempotency.key}`, tenant);
}

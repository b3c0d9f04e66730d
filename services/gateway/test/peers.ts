import type { KeyObject } from 'node:crypto';
import { contracts } from '@dvmm/contracts';
import { type ActorContext, verifyActorToken } from '@eaf/auth';
import { operationSubject } from '@eaf/messaging';
import { type AnyOperation, contextOf, type Input, OperationFault, type Refusal } from '@eaf/messaging/contract';
import type { Msg, NatsConnection } from '@nats-io/transport-node';

export interface Asked {
  readonly actor: ActorContext;
  readonly idempotencyKey: string | undefined;
}
type Answer = (input: unknown, asked: Asked) => unknown;

/** The services behind the gateway, as their contracts bind them: token verified, input read, answer checked. */
export class Peers {
  readonly #answers = new Map<string, Answer>();
  /** What was asked, in order. */
  readonly asked: { operation: string; input: unknown; actor: ActorContext; idempotencyKey: string | undefined }[] = [];

  constructor(
    private readonly connection: NatsConnection,
    private readonly publicKeys: ReadonlyMap<string, KeyObject>,
  ) {}

  /** What `answer` gives is checked against the contract before it is sent; undefined is never sent. */
  answer<O extends AnyOperation>(operation: O, answer: (input: Input<O>, asked: Asked) => unknown): void {
    if (!this.#answers.has(operation.name)) {
      this.connection.subscribe(operationSubject(contracts.prefix, operation.name), {
        callback: (error, message) => {
          if (!error) void this.#carryOut(operation, message);
        },
      });
    }
    this.#answers.set(operation.name, answer as Answer);
  }

  async #carryOut(operation: AnyOperation, message: Msg): Promise<void> {
    const reply = await this.#replyTo(operation, message).catch((error: unknown) => {
      if (error instanceof OperationFault)
        return { fault: { code: error.code, message: error.message, issues: error.issues } };
      throw error;
    });
    if (reply) message.respond(JSON.stringify(reply));
  }

  /** Undefined: says nothing, as a service does that died at it. */
  async #replyTo(operation: AnyOperation, message: Msg): Promise<object | undefined> {
    const actor = await verifyActorToken(message.headers?.get('Eaf-Actor') ?? '', {
      publicKeys: this.publicKeys,
      audience: contextOf(operation.name),
      operation: operation.name,
      body: message.data,
    });
    const input = operation.input.parse(message.json());
    const idempotencyKey = message.headers?.get('Idempotency-Key') || undefined;
    this.asked.push({ operation: operation.name, input, actor, idempotencyKey });
    const reply = (await this.#answers.get(operation.name)?.(input, { actor, idempotencyKey })) as
      | Refusal
      | object
      | undefined;
    if (reply === undefined) return undefined;
    if ('refused' in reply)
      return { refused: reply.refused, detail: operation.refusals[reply.refused]?.parse(reply.detail) };
    return { output: operation.output.parse(reply) };
  }
}

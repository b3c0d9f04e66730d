import type { KeyObject } from 'node:crypto';
import { type ActorContext, verifyActorToken } from '@eaf/auth';
import { mayAsk, operationSubject } from '@eaf/messaging';
import {
  type AnyOperation,
  type Contracts,
  contextOf,
  type Input,
  isRefusal,
  OperationFault,
} from '@eaf/messaging/contract';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';

export interface Asked {
  readonly actor: ActorContext;
  readonly idempotencyKey: string | undefined;
}
type Answer = (input: unknown, asked: Asked) => unknown;

export interface Question extends Asked {
  readonly operation: string;
  readonly input: unknown;
}

/**
 * The other services, as their contracts bind them: the token is verified, caller and roles are checked, the input is
 * read and the answer checked before it is sent.
 */
export class Peers {
  readonly #answers = new Map<string, Answer>();
  readonly #heard = new Map<string, Subscription>();
  /** What was asked, in order. */
  readonly asked: Question[] = [];
  /** Answers outside the contract, and other things that went wrong here rather than in what is tested. */
  readonly faults: unknown[] = [];

  /** @param connection of a user that may answer everything */
  constructor(
    private readonly connection: NatsConnection,
    private readonly contracts: Contracts,
    private readonly publicKeys: ReadonlyMap<string, KeyObject>,
  ) {}

  /** Answers from now on; given again, the newer answer counts. Undefined is never sent, as by a service that died at it. */
  answer<O extends AnyOperation>(operation: O, answer: (input: Input<O>, asked: Asked) => unknown): void {
    if (!this.#heard.has(operation.name)) {
      const subscription = this.connection.subscribe(operationSubject(this.contracts.prefix, operation.name), {
        callback: (error, message) => {
          if (!error) void this.#carryOut(operation, message);
        },
      });
      this.#heard.set(operation.name, subscription);
    }
    this.#answers.set(operation.name, answer as Answer);
  }

  /** Nobody is there to answer any more, until {@link answer} is called again. */
  async leave(operation: AnyOperation): Promise<void> {
    this.#heard.get(operation.name)?.unsubscribe();
    this.#heard.delete(operation.name);
    await this.connection.flush();
  }

  /** What was asked of one operation, oldest first. */
  askedOf<O extends AnyOperation>(operation: O): (Asked & { readonly input: Input<O> })[] {
    return this.asked.filter((question) => question.operation === operation.name) as never;
  }

  async #carryOut(operation: AnyOperation, message: Msg): Promise<void> {
    const reply = await this.#replyTo(operation, message).catch((error: unknown) => {
      if (error instanceof OperationFault)
        return { fault: { code: error.code, message: error.message, issues: error.issues } };
      this.faults.push(error);
      return { fault: { code: 'internal', message: 'The peer is outside its contract.' } };
    });
    if (reply) message.respond(JSON.stringify(reply));
  }

  async #replyTo(operation: AnyOperation, message: Msg): Promise<object | undefined> {
    const actor = await verifyActorToken(message.headers?.get('Eaf-Actor') ?? '', {
      publicKeys: this.publicKeys,
      audience: contextOf(operation.name),
      operation: operation.name,
      body: message.data,
    });
    if (!operation.callers.includes(actor.caller) || !mayAsk(operation, actor.roles, actor.principalId)) {
      throw new Error(`${actor.caller} asked ${operation.name} for ${actor.principalId}, who may not.`);
    }
    const input = operation.input.parse(message.json());
    const idempotencyKey = message.headers?.get('Idempotency-Key') || undefined;
    this.asked.push({ operation: operation.name, input, actor, idempotencyKey });
    const reply = await this.#answers.get(operation.name)?.(input, { actor, idempotencyKey });
    if (reply === undefined) return undefined;
    if (!isRefusal(reply)) return { output: operation.output.parse(reply) };
    const { refused, detail } = reply as { refused: string; detail: unknown };
    const shape = operation.refusals[refused];
    if (!shape) throw new Error(`${operation.name} does not list the refusal ${refused}.`);
    return { refused, detail: shape.parse(detail) };
  }
}

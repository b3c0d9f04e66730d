import type { KeyObject } from 'node:crypto';
import { answerOperation, type OperationContext, operationSubject } from '@eaf/messaging';
import type { AnyOperation, Contracts, Input } from '@eaf/messaging/contract';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';

type Answer = (input: unknown, context: OperationContext) => unknown;

export interface Question extends OperationContext {
  readonly input: unknown;
}

/**
 * The other services, as the transport binds them to their contracts: the token is verified, caller and roles are
 * checked, the input is read and the answer checked before it is sent. Personal texts stay as they were typed.
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
  answer<O extends AnyOperation>(operation: O, answer: (input: Input<O>, context: OperationContext) => unknown): void {
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
  askedOf<O extends AnyOperation>(operation: O): (Question & { readonly input: Input<O> })[] {
    return this.asked.filter((question) => question.operation === operation.name) as never;
  }

  async #carryOut(operation: AnyOperation, message: Msg): Promise<void> {
    let reached = false;
    let silent = false;
    const handler = async (input: unknown, context: OperationContext) => {
      reached = true;
      this.asked.push({ ...context, input });
      const answer = await this.#answers.get(operation.name)?.(input, context);
      silent = answer === undefined;
      return answer;
    };
    const reply = await answerOperation(operation, handler, message, {
      publicKeys: this.publicKeys,
      hashKey: new Uint8Array(32),
      seal: async (_, texts) => texts,
      onFault: (_, __, error) => silent || this.faults.push(error),
    });
    if (silent) return;
    // Refused before it came to the handler: the asker is outside the contract.
    if (!reached) this.faults.push(new Error(`${operation.name} was asked wrongly: ${JSON.stringify(reply)}`));
    message.respond(JSON.stringify(reply));
  }
}

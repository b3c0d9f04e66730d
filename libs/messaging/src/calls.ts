import type { KeyObject } from 'node:crypto';
import { signActorToken } from '@eaf/auth';
import { currentTraceparent, inSpan, SpanKind } from '@eaf/observability';
import {
  headers,
  type Msg,
  type NatsConnection,
  NoRespondersError,
  RequestError,
  TimeoutError,
} from '@nats-io/nats-core';
import type { z } from 'zod';
import { type AnyOperation, contextOf, OperationFault, type Reply } from './contract.js';
import type { AskingFor } from './operation-context.js';
import { operationSubject } from './subjects.js';

/** Nobody answered. Whether the operation was carried out is unknown: ask again with the same idempotency key. */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';
  constructor(
    readonly service: string,
    readonly operation: string,
    cause: unknown,
  ) {
    super(`${service} did not answer ${operation}`, { cause });
  }
}

export interface AskOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number;
  readonly idempotencyKey?: string | undefined;
}

interface WireReply {
  output?: unknown;
  refused?: string;
  detail?: unknown;
  fault?: { code: OperationFault['code']; message: string; issues?: OperationFault['issues'] };
}

/** Asks other services. Every question carries a token signed by this service for this operation and body alone. */
export class Calls {
  constructor(
    private readonly connection: NatsConnection,
    private readonly prefix: string,
    private readonly service: string,
    private readonly key: KeyObject,
  ) {}

  /**
   * Asks on a person's behalf.
   * @throws ServiceAway when nobody answers in time
   * @throws OperationFault when the other side could not carry it out
   */
  async ask<O extends AnyOperation>(
    operation: O,
    input: z.input<O['input']>,
    asking: AskingFor,
    options: AskOptions = {},
  ): Promise<Reply<O>> {
    const about = { name: `ask ${operation.name}`, kind: SpanKind.CLIENT, attributes: { 'messaging.system': 'nats' } };
    return inSpan({ ...about, traceparent: asking.traceparent }, async () => {
      const body = new TextEncoder().encode(JSON.stringify(input));
      const token = await signActorToken(this.key, {
        caller: this.service,
        audience: contextOf(operation.name),
        operation: operation.name,
        body,
        tenant: asking.tenant,
        principalId: asking.actorId,
        roles: [...asking.roles],
        scopes: [...asking.scopes],
        correlationId: asking.correlationId,
        causationId: asking.causationId,
        backdatedSeconds: asking.backdatedSeconds,
      });
      const head = headers();
      head.set('Eaf-Actor', token);
      if (options.idempotencyKey) head.set('Idempotency-Key', options.idempotencyKey);
      const traceparent = currentTraceparent(asking.traceparent);
      if (traceparent) head.set('traceparent', traceparent);
      const answer = await this.#request(operation.name, body, head, options.timeoutMs ?? 5_000);
      const reply = answer.json<WireReply>();
      if (reply.fault) throw new OperationFault(reply.fault.code, reply.fault.message, reply.fault.issues);
      if (reply.refused !== undefined) return { refused: reply.refused, detail: reply.detail } as Reply<O>;
      return reply.output as Reply<O>;
    });
  }

  /** Asks in this service's own name. */
  async askAsService<O extends AnyOperation>(
    operation: O,
    input: z.input<O['input']>,
    asking: Pick<AskingFor, 'tenant' | 'correlationId'> & Partial<AskingFor>,
    options: AskOptions = {},
  ): Promise<Reply<O>> {
    return this.ask(operation, input, { ...asking, actorId: `system:${this.service}`, roles: [], scopes: [] }, options);
  }

  async #request(operation: string, body: Uint8Array, head: ReturnType<typeof headers>, timeout: number): Promise<Msg> {
    try {
      return await this.connection.request(operationSubject(this.prefix, operation), body, { timeout, headers: head });
    } catch (error) {
      if (error instanceof TimeoutError || error instanceof NoRespondersError || error instanceof RequestError) {
        throw new ServiceAway(contextOf(operation), operation, error);
      }
      throw error;
    }
  }
}

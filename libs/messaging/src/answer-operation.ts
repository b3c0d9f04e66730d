import { createHmac, type KeyObject } from 'node:crypto';
import { TokenRefused, verifyActorToken } from '@eaf/auth';
import { currentTraceparent, inSpan, SpanKind } from '@eaf/observability';
import type { Msg } from '@nats-io/nats-core';
import type { z } from 'zod';
import { ServiceAway } from './calls.js';
import { type AnyOperation, contextOf, isPersonal, isRefusal, OperationFault } from './contract.js';
import { replaceMarked } from './marked-fields.js';
import type { OperationContext } from './operation-context.js';

export type OperationHandler = (input: unknown, context: OperationContext) => Promise<unknown>;
/** Seals texts under the key of the person who wrote them. */
export type Seal = (context: OperationContext, texts: string[]) => Promise<string[]>;

export interface Answering {
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
  /** Keys the hash of inputs that idempotency compares, so that stored hashes tell nothing. */
  readonly hashKey: Uint8Array;
  readonly seal: Seal | undefined;
  readonly onFault: (operation: string, context: OperationContext | undefined, error: unknown) => void;
}

/** Carries one request out: verifies who asks, checks the input, seals personal texts, runs the handler, checks its output. */
export async function answerOperation(
  operation: AnyOperation,
  handler: OperationHandler,
  message: Msg,
  answering: Answering,
): Promise<object> {
  const traceparent = message.headers?.get('traceparent') || undefined;
  const about = { name: operation.name, kind: SpanKind.SERVER, attributes: { 'messaging.system': 'nats' } };
  return inSpan({ ...about, traceparent }, async () => {
    let context: OperationContext | undefined;
    try {
      context = await verify(operation, message, answering, currentTraceparent(traceparent));
      const input = await sealPersonal(operation, parse(operation, message.data), context, answering.seal);
      const reply = await handler(input, context);
      return isRefusal(reply) ? checkedRefusal(operation, reply) : { output: operation.output.parse(reply) };
    } catch (error) {
      if (error instanceof OperationFault) {
        return { fault: { code: error.code, message: error.message, issues: error.issues } };
      }
      if (error instanceof TokenRefused)
        return { fault: { code: 'not-allowed', message: 'The actor token was refused.' } };
      // Somebody else is away, which is no fault of ours, and whoever asks may ask again.
      if (error instanceof ServiceAway) return { fault: { code: 'outcome-unknown', message: error.message } };
      answering.onFault(operation.name, context, error);
      return { fault: { code: 'internal', message: 'The operation failed; nothing is known to have changed.' } };
    }
  });
}

async function verify(
  operation: AnyOperation,
  message: Msg,
  answering: Answering,
  traceparent: string | undefined,
): Promise<OperationContext> {
  const actor = await verifyActorToken(message.headers?.get('Eaf-Actor') ?? '', {
    publicKeys: answering.publicKeys,
    audience: contextOf(operation.name),
    operation: operation.name,
    body: message.data,
  });
  if (!operation.callers.includes(actor.caller)) {
    throw new OperationFault('not-allowed', `${actor.caller} may not ask for ${operation.name}.`);
  }
  if (!mayAsk(operation, actor.roles, actor.principalId)) {
    throw new OperationFault('not-allowed', `${operation.name} needs one of the roles ${operation.allow.join(', ')}.`);
  }
  const key = message.headers?.get('Idempotency-Key');
  return {
    tenant: actor.tenant,
    actorId: actor.principalId,
    roles: actor.roles,
    scopes: actor.scopes,
    caller: actor.caller,
    operation: operation.name,
    correlationId: actor.correlationId,
    causationId: actor.causationId,
    traceparent,
    backdatedSeconds: actor.backdatedSeconds,
    idempotency: key
      ? {
          operation: operation.name,
          key,
          inputHash: createHmac('sha256', answering.hashKey).update(message.data).digest('base64url'),
        }
      : undefined,
  };
}

/** Whether a principal with these roles may ask for the operation. The edge asks this too, to refuse early. */
export function mayAsk(operation: AnyOperation, roles: readonly string[], principalId: string): boolean {
  if (operation.allow.includes('services')) return true; // Only the listed callers get here, and they answer for the person.
  if (operation.allow.includes('anyone')) return !principalId.startsWith('system:');
  return operation.allow.some((role) => roles.includes(role));
}

function parse(operation: AnyOperation, data: Uint8Array): unknown {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(data));
  } catch {
    throw new OperationFault('invalid-input', 'The body is no JSON.');
  }
  const parsed = operation.input.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OperationFault('invalid-input', 'The input does not fit the contract.', issuesOf(parsed.error));
}

/** What is wrong where, as JSON pointers, without repeating what was sent. */
export function issuesOf(error: z.ZodError): OperationFault['issues'] {
  return error.issues.map((issue) => ({
    pointer: issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message: issue.message,
  }));
}

async function sealPersonal(
  operation: AnyOperation,
  input: unknown,
  context: OperationContext,
  seal: Seal | undefined,
): Promise<unknown> {
  const texts: string[] = [];
  replaceMarked(operation.input, input, isPersonal, (text) => {
    texts.push(text as string);
    return text;
  });
  if (texts.length === 0) return input;
  if (!seal) throw new Error(`${operation.name} takes personal text, but this service has nothing to seal it with.`);
  const sealed = await seal(context, texts);
  let next = 0;
  return replaceMarked(operation.input, input, isPersonal, () => sealed[next++]);
}

function checkedRefusal(operation: AnyOperation, reply: { refused: string; detail: unknown }): object {
  const shape = operation.refusals[reply.refused];
  if (!shape) throw new Error(`${operation.name} does not list the refusal ${reply.refused}.`);
  return { refused: reply.refused, detail: shape.parse(reply.detail) };
}

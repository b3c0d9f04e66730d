import 'reflect-metadata';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type { AnyOperation, EventDefinition, Heard, Input, Reaction, Recorded, Reply } from './contract.js';
import type { OperationContext } from './operation-context.js';

/** A decorator for methods that fit `F`; one that needs fewer arguments fits too. */
type Method<F> = (target: object, key: string | symbol, descriptor: { readonly value?: F }) => void;

/** What the transport finds in a handler's `extras`. */
export type HandlerExtras =
  | { readonly operation: AnyOperation }
  | { readonly event: EventDefinition }
  | { readonly purpose: string };

/** The method carries out this operation. One whose input, output or refusals do not fit does not compile. */
export function Handles<O extends AnyOperation>(
  operation: O,
): Method<(input: Input<O>, context: OperationContext) => Promise<Reply<O>>> {
  return MessagePattern(operation.name, { operation });
}

/** The method reacts to this event. It must move the consumer's position in the transaction of its effect. */
export function Hears<D extends EventDefinition>(
  event: D,
): Method<(event: Heard<D>, reaction: Reaction<Heard<D>>) => Promise<void>> {
  return withAnyArguments(EventPattern(event.type, { event }));
}

/** The method hears every event of every context, as published: for a trail that keeps the bytes. */
export function HearsAll(
  purpose: string,
): Method<(event: Recorded, reaction: Reaction, bytes: Uint8Array) => Promise<void>> {
  return withAnyArguments(EventPattern(`*:${purpose}`, { purpose }));
}

/** NestJS types event handlers by their first argument alone; ours take more, and the contract types them. */
function withAnyArguments(decorator: unknown): MethodDecorator {
  return decorator as MethodDecorator;
}

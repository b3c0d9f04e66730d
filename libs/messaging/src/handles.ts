import 'reflect-metadata';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
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
  return withBothArguments(MessagePattern(operation.name, { operation }));
}

/** The method reacts to this event. It must move the consumer's position in the transaction of its effect. */
export function Hears<D extends EventDefinition>(
  event: D,
): Method<(event: Heard<D>, reaction: Reaction<Heard<D>>) => Promise<void>> {
  return withBothArguments(EventPattern(event.type, { event }));
}

/** The method hears every event of every context, with the bytes as published: for a trail that keeps them. */
export function HearsAll(
  purpose: string,
): Method<(event: Recorded, reaction: Reaction & { readonly bytes: Uint8Array }) => Promise<void>> {
  return withBothArguments(EventPattern(`*:${purpose}`, { purpose }));
}

/** NestJS passes a handler its first argument alone unless each parameter is decorated; the contract says what both are. */
function withBothArguments(pattern: unknown): MethodDecorator {
  return (target, key, descriptor) => {
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    return (pattern as MethodDecorator)(target, key, descriptor);
  };
}

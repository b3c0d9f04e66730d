import type { Logger } from './logger.js';

/** Gives NestJS's own lines to our log, start-up chatter as debug. */
export class NestLogger {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stackOrContext?: string): void {
    const err = message instanceof Error ? message : undefined;
    this.logger.error({ context: stackOrContext, err }, err ? err.message : String(message));
  }
}

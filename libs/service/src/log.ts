import type { Logger } from '@eaf/observability';

/** The service's log as NestJS injects it. Fields outside the allow list never leave the process. */
export class Log {
  constructor(private readonly logger: Logger) {}

  info(fields: Record<string, unknown>, message: string): void {
    this.logger.info(fields, message);
  }

  warn(fields: Record<string, unknown>, message: string): void {
    this.logger.warn(fields, message);
  }

  error(fields: Record<string, unknown>, message: string): void {
    this.logger.error(fields, message);
  }
}

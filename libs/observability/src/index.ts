export { type InnerServer, startInnerServer } from './inner-server.js';
export { createLogger, type Logger } from './logger.js';
export { NestLogger } from './nest-logger.js';
export { startTracing } from './tracing.js';

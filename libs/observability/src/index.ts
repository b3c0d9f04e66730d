export { type InnerServer, startInnerServer } from './inner-server.js';
export { createLogger, type Logger } from './logger.js';
export { NestLogger } from './nest-logger.js';
export { currentTraceparent, inSpan, inSpanOfTrace, outsideOfTrace, type RunningSpan, SpanKind } from './spans.js';
export { startTracing, type Tracing } from './tracing.js';

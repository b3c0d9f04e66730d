import pino from 'pino';

export type Logger = pino.Logger;

/** Only these fields leave the process: what is not listed cannot leak. Ids and figures, never names or texts of people. */
const allowed = new Set([
  'service',
  'tenant',
  'operation',
  'event',
  'stream',
  'version',
  'correlationId',
  'traceId',
  'requestId',
  'vmId',
  'runId',
  'vcenterId',
  'deliveryId',
  'step',
  'state',
  'reason',
  'attempt',
  'attempts',
  'durationMs',
  'status',
  'method',
  'route',
  'port',
  'context',
  'count',
]);

/** JSON lines on standard output. An error is logged by name, code, message and stack; its other properties stay here. */
export function createLogger({
  service,
  level = 'info',
  destination,
}: {
  service: string;
  level?: string;
  destination?: pino.DestinationStream;
}): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Described already; pino's own serializer would take it for a foreign object.
    serializers: { err: (described: unknown) => described },
    formatters: { level: (label) => ({ level: label }), log: keepAllowed },
  };
  return destination ? pino(options, destination) : pino(options);
}

function keepAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (name === 'err') return [['err', describeError(value)]];
      if (!allowed.has(name)) return [];
      return typeof value === 'object' ? [] : [[name, value]];
    }),
  );
}

interface DescribedError {
  name: string;
  code?: string;
  message: string;
  stack?: string;
  cause?: DescribedError;
}

function describeError(value: unknown, depth = 0): DescribedError {
  if (!(value instanceof Error)) return { name: 'unknown', message: 'not an Error' };
  const code = (value as { code?: unknown }).code;
  return {
    name: value.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: value.message,
    ...(value.stack ? { stack: value.stack } : {}),
    ...(value.cause && depth < 3 ? { cause: describeError(value.cause, depth + 1) } : {}),
  };
}

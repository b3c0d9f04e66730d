import { ServiceAway } from '@eaf/messaging';
import { OperationFault } from '@eaf/messaging/contract';
import {
  ClosedConnectionError,
  DrainingConnectionError,
  NoRespondersError,
  RequestError,
  TimeoutError,
} from '@nats-io/transport-node';
import { HTTPException } from 'hono/http-exception';
import { Problem } from './problem.js';

const retrySoon = { 'Retry-After': '3' };

/** What a thrown thing means to whoever asked. Anything unknown is our own fault and tells nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ServiceAway) return awayProblem(error);
  if (error instanceof OperationFault) return faultProblem(error);
  if (error instanceof HTTPException && error.status === 504) return new Problem('outcome-unknown', { cause: error });
  if (isBrokerAway(error)) return new Problem('service-away', { headers: retrySoon, cause: error });
  return new Problem('server-failed', { cause: error });
}

/** Without a listener nothing was done. A late answer leaves it open. */
function awayProblem(error: ServiceAway): Problem {
  const nobodyListened =
    error.cause instanceof NoRespondersError || (error.cause instanceof RequestError && error.cause.isNoResponders());
  return nobodyListened
    ? new Problem('service-away', { headers: retrySoon, cause: error })
    : new Problem('outcome-unknown', { headers: retrySoon, cause: error });
}

function faultProblem(fault: OperationFault): Problem {
  if (fault.code === 'internal') return new Problem('server-failed', { cause: fault });
  if (fault.code === 'outcome-unknown') return new Problem('outcome-unknown', { headers: retrySoon, cause: fault });
  const errors = fault.issues.map(({ pointer, message }) => ({ pointer, detail: message }));
  return new Problem(fault.code, { errors, cause: fault });
}

function isBrokerAway(error: unknown): boolean {
  return [TimeoutError, NoRespondersError, RequestError, ClosedConnectionError, DrainingConnectionError].some(
    (type) => error instanceof type,
  );
}

import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/** NestJS would turn every fault into one that says nothing; the transport knows what to do with each. */
@Catch()
export class PassFaults implements RpcExceptionFilter {
  catch(fault: unknown): Observable<never> {
    return throwError(() => fault);
  }
}

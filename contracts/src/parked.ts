import { parkedOperationsOf } from '@eaf/messaging/parked';
import { services } from './vocabulary.js';

/** What an operator asks of every service about events that its consumers gave up on. */
export const parkedOperations = services.flatMap((service) => Object.values(parkedOperationsOf(service)));

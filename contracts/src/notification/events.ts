import { event } from '@eaf/messaging/contract';
import { z } from 'zod';
import { mailKind } from './operations.js';

const ofDelivery = z.object({
  deliveryId: z.uuid(),
  kind: mailKind,
  personId: z.string(),
  requestId: z.uuid().nullable(),
});

export const smtpSet = event({
  type: 'notification.smtp-set',
  summary: 'How the tenant sends mail. Credentials are kept apart, encrypted.',
  heardBy: [],
  data: z.object({
    host: z.string(),
    port: z.int(),
    security: z.string(),
    from: z.string(),
    fromName: z.string(),
    username: z.string().nullable(),
    credentialsVersion: z.int(),
  }),
});
export const deliveryQueued = event({
  type: 'notification.delivery-queued',
  summary: 'Somebody is to be written to.',
  heardBy: [],
  data: ofDelivery.extend({ messageId: z.string() }),
});
export const deliverySent = event({
  type: 'notification.delivery-sent',
  summary: 'The mail server took the mail.',
  heardBy: [],
  data: ofDelivery.extend({ messageId: z.string(), attempts: z.int() }),
});
export const deliveryRetried = event({
  type: 'notification.delivery-retried',
  summary: 'The mail server did not take the mail; it is tried again.',
  heardBy: [],
  data: ofDelivery.extend({ attempt: z.int(), reason: z.string(), nextAt: z.iso.datetime() }),
});
export const deliveryFailed = event({
  type: 'notification.delivery-failed',
  summary: 'The mail was given up.',
  heardBy: [],
  data: ofDelivery.extend({ attempts: z.int(), reason: z.string() }),
});

export const notificationEvents = [smtpSet, deliveryQueued, deliverySent, deliveryRetried, deliveryFailed];

import { operation, personRef } from '@eaf/messaging/contract';
import { z } from 'zod';
import { displayName, page, pageOf } from '../vocabulary.js';

export const mailKind = z.enum([
  'submitted',
  'approved',
  'rejected',
  'ready',
  'created-not-customised',
  'failed',
  /** These two to the tenant administrators, who can do something about it. */
  'nobody-may-decide',
  'provisioning-failed',
  'test',
]);
export type MailKind = z.output<typeof mailKind>;
export const deliveryState = z.enum(['queued', 'retrying', 'sent', 'failed']);

export const listDeliveries = operation({
  name: 'notification.list-deliveries',
  summary: 'Mails and their state, newest first; mine, or all for administrators and auditors',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page.extend({ requestId: z.uuid().optional(), state: deliveryState.optional() }),
  output: pageOf(
    z.object({
      id: z.uuid(),
      kind: mailKind,
      to: personRef,
      requestId: z.uuid().nullable(),
      state: deliveryState,
      attempts: z.int(),
      messageId: z.string(),
      queuedAt: z.iso.datetime(),
      sentAt: z.iso.datetime().nullable(),
      lastError: z.string().nullable(),
    }),
  ),
  http: { method: 'get', path: '/api/v1/deliveries' },
});

const smtp = z.object({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535),
  /** `none` only where the operator has allowed the host. */
  security: z.enum(['tls', 'starttls', 'none']),
  username: z.string().max(200).nullable(),
  from: z.email().max(254),
  fromName: displayName,
});

export const setSmtp = operation({
  name: 'notification.set-smtp',
  summary: 'How this tenant sends mail; without a password the old one stays, for the same host and user',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: smtp.extend({ password: z.string().max(400).optional() }),
  output: smtp,
  refusals: { 'smtp.host-not-allowed': z.object({ host: z.string() }), 'smtp.password-needed': z.object({}) },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/smtp' },
});

export const getSmtp = operation({
  name: 'notification.get-smtp',
  summary: 'How this tenant sends mail',
  callers: ['gateway'],
  allow: ['tenant-admin', 'auditor'],
  input: z.object({}),
  output: smtp,
  refusals: { 'smtp.not-set': z.object({}) },
  http: { method: 'get', path: '/api/v1/admin/smtp' },
});

/** Changes nothing that is kept, so it takes no key: each time it is asked, a mail goes out. */
export const testSmtp = operation({
  name: 'notification.test-smtp',
  summary: 'Sends a test mail to me and waits for the server to take it',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({}),
  output: z.object({ ok: z.boolean(), detail: z.string(), messageId: z.string().nullable() }),
  refusals: { 'smtp.not-set': z.object({}) },
  http: { method: 'post', path: '/api/v1/admin/smtp/test' },
});

export const notificationOperations = [listDeliveries, setSmtp, getSmtp, testSmtp];

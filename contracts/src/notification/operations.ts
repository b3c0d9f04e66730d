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
  /** These three to the tenant administrators, who can do something about it. */
  'nobody-may-decide',
  'provisioning-failed',
  'decommission-held-up',
  'test',
]);
export type MailKind = z.output<typeof mailKind>;
/** What a mail is written about because something happened; a person finds it in her inbox as well. */
export const notificationKind = mailKind.exclude(['test']);
export type NotificationKind = z.output<typeof notificationKind>;
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

export const listNotifications = operation({
  name: 'notification.list-notifications',
  summary: 'What happened without me and was written to me about, newest first',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(
    z.object({
      id: z.uuid(),
      kind: notificationKind,
      /** Who did it, or whose request it is; null where nobody did. */
      who: personRef.nullable(),
      vmName: z.string(),
      requestId: z.uuid().nullable(),
      /** Where it is about the VM rather than its request. */
      vmId: z.uuid().nullable(),
      /** Code of why it failed or rests. */
      reason: z.string().nullable(),
      at: z.iso.datetime(),
      readAt: z.iso.datetime().nullable(),
    }),
  ).extend({ unread: z.int() }),
  http: { method: 'get', path: '/api/v1/notifications' },
});

/** Having looked is no change of the tenant's: people of a suspended one may too. Twice is once, so it takes no key. */
export const readNotifications = operation({
  name: 'notification.read-notifications',
  summary: 'Notes that I have seen what was written to me, about one request or all',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({ requestId: z.uuid().optional() }),
  output: z.object({ unread: z.int() }),
  http: { method: 'post', path: '/api/v1/notifications/read' },
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
  output: z.object({
    ok: z.boolean(),
    /** Null when the server took the mail; `detail` has what it said, for whoever looks for the cause. */
    reason: z.enum(['no-address', 'no-answer', 'no-encryption', 'login-refused', 'not-sent']).nullable(),
    detail: z.string(),
    messageId: z.string().nullable(),
  }),
  refusals: { 'smtp.not-set': z.object({}) },
  http: { method: 'post', path: '/api/v1/admin/smtp/test' },
});

export const notificationOperations = [
  listDeliveries,
  listNotifications,
  readNotifications,
  setSmtp,
  getSmtp,
  testSmtp,
];

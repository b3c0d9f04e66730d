import { z } from 'zod';

export const services = ['request', 'approval', 'provisioning', 'notification', 'tenant'] as const;
export type Service = (typeof services)[number];

/** What a person may be in a tenant. A person may hold several; `platform-admin` exists in the platform tenant alone. */
export const role = z.enum(['user', 'approver', 'tenant-admin', 'auditor', 'platform-admin']);
export type Role = z.output<typeof role>;

/** Administrators and auditors of a tenant see all that is in it; others what is theirs. */
export function seesAll({ roles }: { readonly roles: readonly string[] }): boolean {
  return roles.includes('tenant-admin') || roles.includes('auditor');
}

/** The reserved tenant that events of the platform itself belong to. It holds no VM and no customer's data. */
export const platformTenant = '00000000-0000-4000-8000-000000000000';

export const language = z.enum(['de', 'en']);
export type Language = z.output<typeof language>;

/** A name of the IANA's database that this runtime knows, old names included; no offset, which would not follow the seasons. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => /^[A-Za-z]/.test(zone) && isTimeZone(zone), 'a time zone of the IANA, such as Europe/Berlin');

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

/** Red, green and blue, two hexadecimal digits each. */
export const hexColour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as #006699');

/** RFC 1123 label as VMware's guest customisation takes it for a host name. */
export const vmName = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{1,61}[a-z0-9])$/,
    'lower-case letters, digits and hyphens, 3 to 63 characters, beginning with a letter',
  );

/** A name for people: one line, without characters that would turn the line around or hide in it. */
export const displayName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u, 'one line, without control characters');

/** The largest whole number that a column of ours holds. */
const most = 2_147_483_647;

/** What a VM of one size has and costs, as it was when it was asked for. */
export const sizeSpec = z.object({
  key: z.string(),
  vcpus: z.int().min(1).max(128),
  memoryMiB: z.int().min(256).max(most),
  diskGiB: z.int().min(1).max(most),
  monthlyCostCents: z.int().min(0).max(most),
  currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, as in ISO 4217'),
});
export type SizeSpec = z.output<typeof sizeSpec>;

/** A currency that exists, where one is chosen. Facts keep what was chosen, whatever becomes of the list. */
export const chosenCurrency = sizeSpec.shape.currency.refine(
  (code) => Intl.supportedValuesOf('currency').includes(code),
  'a currency of ISO 4217',
);

/** Amounts that a quota limits. Memory in MiB, disk in GiB. */
export const quotaAmounts = z.object({
  vms: z.int().min(0).max(most),
  vcpus: z.int().min(0).max(most),
  memoryMiB: z.int().min(0).max(most),
  diskGiB: z.int().min(0).max(most),
});
export type QuotaAmounts = z.output<typeof quotaAmounts>;

export const environment = z.enum(['production', 'test', 'development']);

/** Something of the tenant's as it was named at the time. */
export const named = z.object({ id: z.uuid(), name: z.string() });

export const page = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const nothing = z.object({});
/** Absent, or another tenant's: the same answer for both. */
export const notFound = { 'not-found': nothing };

/** Of an event: where it stands, such as `['limits', 'vcpus']`, and its value. */
export interface Field {
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface Change extends Field {
  readonly before: unknown;
  readonly changed: boolean;
}

/** Events that set a state that stood before: they are shown beside it. All others say what happened. */
const settings = new Set([
  'approval.policy-defined',
  'provisioning.vcenter-connected',
  'provisioning.template-offered',
  'provisioning.network-offered',
  'provisioning.naming-rule-set',
  'provisioning.vm-power-changed',
  'tenant.roles-changed',
  'tenant.project-member-set',
  'tenant.size-defined',
  'tenant.quota-set',
  'tenant.branding-changed',
  'notification.smtp-set',
]);
export const changesSomething = (type: string): boolean => settings.has(type);

/** Say which object is meant, not what changed about it; the heading names it. */
const identities = new Set(['personId', 'projectId', 'policyId', 'vcenterId', 'vmId', 'requestId', 'key']);

/** Every value with its path; lists stay whole, since their order is part of them. */
export function fieldsOf(data: unknown, path: readonly string[] = []): Field[] {
  if (typeof data !== 'object' || data === null || isPlainList(data)) return [{ path, value: data }];
  return Object.entries(data).flatMap(([name, value]) => fieldsOf(value, [...path, name]));
}

function isPlainList(data: object): boolean {
  return Array.isArray(data) && data.every((item) => typeof item !== 'object' || item === null);
}

interface Entry {
  readonly type: string;
  readonly data: unknown;
}

/**
 * What stood there: the nearest earlier entry of the same stream about the same object and with one of the same
 * fields. A person's first roles stand in her joining, not in a change.
 */
export function stoodBefore<E extends Entry>(entry: Entry, earlier: readonly E[]): E | undefined {
  const now = new Map(fieldsOf(entry.data).map(({ path, value }) => [path.join('.'), value]));
  return earlier.find((one) => {
    const then = fieldsOf(one.data);
    const same = then.every(
      ({ path, value }) =>
        !identities.has(path.join('.')) || !now.has(path.join('.')) || now.get(path.join('.')) === value,
    );
    return same && then.some(({ path }) => !identities.has(path.join('.')) && now.has(path.join('.')));
  });
}

/** Fields of both, those that differ first. `undefined` means that the field was not there. */
export function differenceOf(before: unknown, now: unknown): Change[] {
  const old = new Map(fieldsOf(before).map((field) => [field.path.join('.'), field]));
  const current = new Map(fieldsOf(now).map((field) => [field.path.join('.'), field]));
  const all = [...new Map([...current, ...old])].map(([name, { path }]): Change => {
    const [then, value] = [old.get(name)?.value, current.get(name)?.value];
    return { path, before: then, value, changed: JSON.stringify(then) !== JSON.stringify(value) };
  });
  return [...all.filter(({ changed }) => changed), ...all.filter(({ changed }) => !changed)];
}

import type { Live } from '@eaf/messaging';

const overseers = ['role:tenant-admin', 'role:auditor'];

export function tellOfVm(live: Live, tenant: string, vm: { id: string; ownerId: string; projectId: string }): void {
  live.tell(tenant, {
    audience: [`person:${vm.ownerId}`, `project:${vm.projectId}`, ...overseers],
    kind: 'vm',
    id: vm.id,
  });
}

export function tellOfRun(live: Live, tenant: string, id: string): void {
  live.tell(tenant, { audience: overseers, kind: 'run', id });
}

/** Everybody of the tenant sees the banner of a vCenter that is away: `role:user` is everybody's. */
export function tellOfVCenter(live: Live, tenant: string, id: string): void {
  live.tell(tenant, { audience: ['role:user', ...overseers], kind: 'vcenter', id });
}

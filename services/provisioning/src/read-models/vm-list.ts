import { type listVms, seesAll } from '@dvmm/contracts';
import type { OperationContext } from '@eaf/messaging';
import type { Output } from '@eaf/messaging/contract';
import type { ExpressionBuilder, Selectable } from 'kysely';
import type { ProvisioningTables, VmTable } from '../tables.js';

type Asking = Pick<OperationContext, 'actorId' | 'roles' | 'scopes'>;

/** Who may see a VM (design D8): its owner, people of its project, tenant administrators and auditors. One predicate for list and detail. */
export function visibleTo(asking: Asking) {
  return (eb: ExpressionBuilder<ProvisioningTables, 'vm'>) =>
    seesAll(asking)
      ? eb.lit(true)
      : eb.or([
          eb('vm.owner_id', '=', asking.actorId),
          ...asking.scopes.flatMap((scope) =>
            scope.startsWith('project:') ? [eb('vm.project_id', '=', scope.slice('project:'.length))] : [],
          ),
        ]);
}

/** Who may switch or delete it: its owner, a lead of its project, tenant administrators. */
export function mayActOn(vm: { owner_id: string; project_id: string }, { actorId, roles, scopes }: Asking): boolean {
  return vm.owner_id === actorId || roles.includes('tenant-admin') || scopes.includes(`project-lead:${vm.project_id}`);
}

export function showVm(vm: Selectable<VmTable> & { seen_at: Date | null }): Output<typeof listVms>['items'][number] {
  return {
    id: vm.id,
    requestId: vm.request_id,
    name: vm.name,
    owner: { id: vm.owner_id },
    project: { id: vm.project_id, name: vm.project_name },
    size: vm.size,
    environment: vm.environment,
    state: vm.state,
    power: vm.power,
    addresses: vm.addresses,
    hostName: vm.host_name,
    createdAt: vm.created_at.toISOString(),
    heldUp: vm.state === 'decommissioning' ? vm.held_up : null,
    seenAt: (vm.missing_since ?? vm.seen_at)?.toISOString() ?? null,
    missingSince: vm.missing_since?.toISOString() ?? null,
  };
}

import { getVm } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { showVm, visibleTo } from '../read-models/vm-list.js';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class GetVm {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(getVm)
  async handle({ id }: Input<typeof getVm>, context: OperationContext): Promise<Reply<typeof getVm>> {
    const [vm] = await this.database.read(
      context.tenant,
      this.database.sql
        .selectFrom('vm')
        .innerJoin('vcenter', (join) =>
          join.onRef('vcenter.tenant_id', '=', 'vm.tenant_id').onRef('vcenter.id', '=', 'vm.vcenter_id'),
        )
        .innerJoin('vm_template', (join) =>
          join.onRef('vm_template.tenant_id', '=', 'vm.tenant_id').onRef('vm_template.id', '=', 'vm.template_id'),
        )
        .selectAll('vm')
        .select(['vcenter.last_seen_at as seen_at', 'vcenter.name as vcenter_name', 'vm_template.login_text'])
        .where('vm.tenant_id', '=', context.tenant)
        .where('vm.id', '=', id)
        .where(visibleTo(context)),
    );
    if (!vm) return refuse('not-found');
    return {
      ...showVm(vm),
      loginText: vm.login_text,
      vcenter: { id: vm.vcenter_id, name: vm.vcenter_name },
      moref: vm.moref,
      instanceUuid: vm.instance_uuid,
    };
  }
}

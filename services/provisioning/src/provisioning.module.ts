import { OutboundHosts } from '@eaf/service';
import { Module } from '@nestjs/common';
import { Catalogue } from './catalogue.js';
import { EnterVCenter } from './connections/enter-vcenter.js';
import { Hypervisors } from './connections/hypervisors.js';
import { Inventories } from './connections/inventories.js';
import { VCenterNames } from './connections/vcenter-names.js';
import { VCenterPasswords } from './connections/vcenter-passwords.js';
import { VCenters } from './connections/vcenters.js';
import { AdoptRun } from './features/adopt-run.js';
import { AwayVCenters } from './features/away-vcenters.js';
import { ChangeVCenter } from './features/change-vcenter.js';
import { CheckVm } from './features/check-vm.js';
import { ConnectVCenter } from './features/connect-vcenter.js';
import { CountMachines } from './features/count-machines.js';
import { DecommissionVm } from './features/decommission-vm.js';
import { FinishDecommission } from './features/finish-decommission.js';
import { GetNamingRule } from './features/get-naming-rule.js';
import { GetVm } from './features/get-vm.js';
import { HoldName } from './features/hold-name.js';
import { ListNetworks } from './features/list-networks.js';
import { ListRuns } from './features/list-runs.js';
import { ListTemplates } from './features/list-templates.js';
import { ListVCenters } from './features/list-vcenters.js';
import { ListVms } from './features/list-vms.js';
import { OfferNetwork } from './features/offer-network.js';
import { OfferTemplate } from './features/offer-template.js';
import { OnRequestApproved } from './features/on-request-approved.js';
import { OnRequestCancelRequested } from './features/on-request-cancel-requested.js';
import { OnRequestCancelled } from './features/on-request-cancelled.js';
import { OnRequestExpired } from './features/on-request-expired.js';
import { OnRequestRejected } from './features/on-request-rejected.js';
import { OnRequestSubmitted } from './features/on-request-submitted.js';
import { PowerVm } from './features/power-vm.js';
import { RefreshInventory } from './features/refresh-inventory.js';
import { RemoveRun } from './features/remove-run.js';
import { ReportMachines } from './features/report-machines.js';
import { RetryRun } from './features/retry-run.js';
import { SetNamingRule } from './features/set-naming-rule.js';
import { SettleHold } from './features/settle-hold.js';
import { TestVCenter } from './features/test-vcenter.js';
import { Holds } from './holds/holds.js';
import { NamingRule } from './naming-rule.js';
import { ActOnRun } from './run/act-on-run.js';
import { AdvanceRun } from './run/advance-run.js';
import { CloneSlots } from './run/clone-slots.js';
import { DoStep } from './run/do-step.js';
import { RunStorage } from './run/run-storage.js';
import { Runs } from './run/runs.js';
import { TakeBack } from './run/take-back.js';
import { Settings } from './settings.js';
import { Vms } from './vms.js';

@Module({
  controllers: [
    ConnectVCenter,
    ChangeVCenter,
    ListVCenters,
    TestVCenter,
    OfferTemplate,
    ListTemplates,
    OfferNetwork,
    ListNetworks,
    GetNamingRule,
    SetNamingRule,
    CheckVm,
    HoldName,
    OnRequestSubmitted,
    OnRequestApproved,
    OnRequestCancelRequested,
    OnRequestRejected,
    OnRequestCancelled,
    OnRequestExpired,
    ListRuns,
    RetryRun,
    RemoveRun,
    AdoptRun,
    ListVms,
    GetVm,
    PowerVm,
    DecommissionVm,
    ReportMachines,
    AwayVCenters,
    CountMachines,
  ],
  providers: [
    Settings,
    {
      provide: OutboundHosts,
      useFactory: (settings: Settings) => new OutboundHosts(settings.outboundAllow),
      inject: [Settings],
    },
    VCenterPasswords,
    VCenters,
    EnterVCenter,
    Hypervisors,
    Inventories,
    VCenterNames,
    Catalogue,
    NamingRule,
    Holds,
    Runs,
    Vms,
    CloneSlots,
    RunStorage,
    DoStep,
    TakeBack,
    AdvanceRun,
    ActOnRun,
    RefreshInventory,
    SettleHold,
    FinishDecommission,
  ],
})
export class ProvisioningModule {}

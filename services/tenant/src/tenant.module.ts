import { Module } from '@nestjs/common';
import { Brandings } from './branding/brandings.js';
import { Directory } from './directory/directory.js';
import { Identities } from './directory/identities.js';
import { Joining } from './directory/joining.js';
import { PersonKeys } from './directory/person-keys.js';
import { TenantDoor } from './directory/tenant-door.js';
import { CertifyRemoval } from './features/certify-removal.js';
import { ChangeRoles } from './features/change-roles.js';
import { CloseSession } from './features/close-session.js';
import { CreateProject } from './features/create-project.js';
import { CreateTenant } from './features/create-tenant.js';
import { DefineSize } from './features/define-size.js';
import { GetBrandColours } from './features/get-brand-colours.js';
import { GetBrandLogo } from './features/get-brand-logo.js';
import { GetBranding } from './features/get-branding.js';
import { InviteMember } from './features/invite-member.js';
import { KeepAuditTrail } from './features/keep-audit-trail.js';
import { ListAudit } from './features/list-audit.js';
import { ListMembers } from './features/list-members.js';
import { ListProjects } from './features/list-projects.js';
import { ListQuota } from './features/list-quota.js';
import { ListRemovals } from './features/list-removals.js';
import { ListSizes } from './features/list-sizes.js';
import { ListTenants } from './features/list-tenants.js';
import { Me } from './features/me.js';
import { OnRequestAbandoned } from './features/on-request-abandoned.js';
import { OnRequestCancelled } from './features/on-request-cancelled.js';
import { OnRequestExpired } from './features/on-request-expired.js';
import { OnRequestRejected } from './features/on-request-rejected.js';
import { OnRunCancelled } from './features/on-run-cancelled.js';
import { OnRunFailed } from './features/on-run-failed.js';
import { OnVmDecommissioned } from './features/on-vm-decommissioned.js';
import { OnVmNotCustomised } from './features/on-vm-not-customised.js';
import { OnVmReady } from './features/on-vm-ready.js';
import { OpenSession } from './features/open-session.js';
import { PreviewColour } from './features/preview-colour.js';
import { PreviewQuota } from './features/preview-quota.js';
import { PreviewRemoval } from './features/preview-removal.js';
import { RemoveProjectMember } from './features/remove-project-member.js';
import { RemoveTenant } from './features/remove-tenant.js';
import { ReserveQuota } from './features/reserve-quota.js';
import { ResolvePeople } from './features/resolve-people.js';
import { ResumeTenant } from './features/resume-tenant.js';
import { SealTexts } from './features/seal-texts.js';
import { SetBranding } from './features/set-branding.js';
import { SetPreferences } from './features/set-preferences.js';
import { SetProjectMember } from './features/set-project-member.js';
import { SetProjectQuota } from './features/set-project-quota.js';
import { SetTenantQuota } from './features/set-tenant-quota.js';
import { SettleReservation } from './features/settle-reservation.js';
import { SuspendTenant } from './features/suspend-tenant.js';
import { WhoIs } from './features/who-is.js';
import { AskedFor } from './quota/asked-for.js';
import { Quotas } from './quota/quotas.js';
import { Reservations } from './quota/reservations.js';
import { Records } from './records.js';
import { Removals } from './removals.js';
import { Settings } from './settings.js';

@Module({
  controllers: [
    CertifyRemoval,
    ChangeRoles,
    CloseSession,
    CreateProject,
    CreateTenant,
    DefineSize,
    GetBranding,
    GetBrandColours,
    GetBrandLogo,
    PreviewColour,
    SetBranding,
    InviteMember,
    KeepAuditTrail,
    ListAudit,
    ListMembers,
    ListProjects,
    ListQuota,
    ListRemovals,
    ListSizes,
    ListTenants,
    Me,
    OnRequestAbandoned,
    OnRequestCancelled,
    OnRequestExpired,
    OnRequestRejected,
    OnRunCancelled,
    OnRunFailed,
    OnVmDecommissioned,
    OnVmNotCustomised,
    OnVmReady,
    OpenSession,
    PreviewQuota,
    PreviewRemoval,
    RemoveProjectMember,
    RemoveTenant,
    ReserveQuota,
    ResolvePeople,
    ResumeTenant,
    SealTexts,
    SetPreferences,
    SetProjectMember,
    SetProjectQuota,
    SetTenantQuota,
    SuspendTenant,
    WhoIs,
  ],
  providers: [
    SettleReservation,
    Brandings,
    Directory,
    Identities,
    Joining,
    PersonKeys,
    TenantDoor,
    AskedFor,
    Quotas,
    Reservations,
    Records,
    Removals,
    Settings,
  ],
})
export class TenantModule {}

import { Module } from '@nestjs/common';
import { CaseReaders } from './case-readers.js';
import { Cases } from './cases.js';
import { Deciding } from './deciding.js';
import { Electorates } from './electorates.js';
import { ApproveRequest } from './features/approve-request.js';
import { DefinePolicy } from './features/define-policy.js';
import { ExpireCase } from './features/expire-case.js';
import { ForecastApproval } from './features/forecast-approval.js';
import { GetPolicyVersion } from './features/get-policy-version.js';
import { ListApprovals } from './features/list-approvals.js';
import { ListDecisions } from './features/list-decisions.js';
import { ListOwnDecisions } from './features/list-own-decisions.js';
import { ListPolicies } from './features/list-policies.js';
import { OnMemberJoined } from './features/on-member-joined.js';
import { OnProjectMemberRemoved } from './features/on-project-member-removed.js';
import { OnProjectMemberSet } from './features/on-project-member-set.js';
import { OnRequestCancelled } from './features/on-request-cancelled.js';
import { OnRequestSubmitted } from './features/on-request-submitted.js';
import { OnRolesChanged } from './features/on-roles-changed.js';
import { ReconsiderOpenCases } from './features/reconsider-open-cases.js';
import { RejectRequest } from './features/reject-request.js';
import { ReviewDecisions } from './features/review-decisions.js';
import { ReviewProject } from './features/review-project.js';
import { Policies } from './policies.js';

@Module({
  controllers: [
    ApproveRequest,
    DefinePolicy,
    ForecastApproval,
    GetPolicyVersion,
    ListApprovals,
    ListDecisions,
    ListOwnDecisions,
    ListPolicies,
    OnMemberJoined,
    OnProjectMemberRemoved,
    OnProjectMemberSet,
    OnRequestCancelled,
    OnRequestSubmitted,
    OnRolesChanged,
    RejectRequest,
    ReviewDecisions,
    ReviewProject,
  ],
  providers: [ExpireCase, ReconsiderOpenCases, CaseReaders, Cases, Deciding, Electorates, Policies],
})
export class ApprovalModule {}

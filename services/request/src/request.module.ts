import { Module } from '@nestjs/common';
import { CancelRequest } from './features/cancel-request.js';
import { DiscardDraft } from './features/discard-draft.js';
import { ForgetOldDraft } from './features/forget-old-draft.js';
import { GetDraft } from './features/get-draft.js';
import { GetRequest } from './features/get-request.js';
import { KeepDraft } from './features/keep-draft.js';
import { ListRequests } from './features/list-requests.js';
import { OnApprovalExpired } from './features/on-approval-expired.js';
import { OnApprovalGranted } from './features/on-approval-granted.js';
import { OnApprovalRejected } from './features/on-approval-rejected.js';
import { OnApproversChanged } from './features/on-approvers-changed.js';
import { OnCaseOpened } from './features/on-case-opened.js';
import { OnNobodyMayDecide } from './features/on-nobody-may-decide.js';
import { OnRunCancelled } from './features/on-run-cancelled.js';
import { OnRunFailed } from './features/on-run-failed.js';
import { OnRunResumed } from './features/on-run-resumed.js';
import { OnRunStarted } from './features/on-run-started.js';
import { OnRunWaiting } from './features/on-run-waiting.js';
import { OnStageApproved } from './features/on-stage-approved.js';
import { OnStageOpened } from './features/on-stage-opened.js';
import { OnStepDone } from './features/on-step-done.js';
import { OnStepIntended } from './features/on-step-intended.js';
import { OnStepProgressed } from './features/on-step-progressed.js';
import { OnVmDecommissioned } from './features/on-vm-decommissioned.js';
import { OnVmNotCustomised } from './features/on-vm-not-customised.js';
import { OnVmReady } from './features/on-vm-ready.js';
import { PreviewRequest } from './features/preview-request.js';
import { SettleRequest } from './features/settle-request.js';
import { SubmitRequest } from './features/submit-request.js';
import { RequestFate } from './request-fate.js';
import { RequestProgress } from './request-progress.js';
import { Requests } from './requests.js';

@Module({
  controllers: [
    PreviewRequest,
    SubmitRequest,
    KeepDraft,
    GetDraft,
    DiscardDraft,
    CancelRequest,
    SettleRequest,
    ListRequests,
    GetRequest,
    OnApprovalGranted,
    OnApprovalRejected,
    OnApprovalExpired,
    OnCaseOpened,
    OnStageOpened,
    OnApproversChanged,
    OnNobodyMayDecide,
    OnStageApproved,
    OnRunStarted,
    OnStepIntended,
    OnStepProgressed,
    OnStepDone,
    OnRunWaiting,
    OnRunResumed,
    OnVmReady,
    OnVmNotCustomised,
    OnRunFailed,
    OnRunCancelled,
    OnVmDecommissioned,
  ],
  providers: [ForgetOldDraft, Requests, RequestFate, RequestProgress],
})
export class RequestModule {}

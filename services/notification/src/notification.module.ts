import { Module } from '@nestjs/common';
import { Administrators } from './administrators.js';
import { Deliveries } from './deliveries.js';
import { DeliverMail } from './features/deliver-mail.js';
import { GetSmtp } from './features/get-smtp.js';
import { ListDeliveries } from './features/list-deliveries.js';
import { ListNotifications } from './features/list-notifications.js';
import { OnApproversChanged } from './features/on-approvers-changed.js';
import { OnMemberJoined } from './features/on-member-joined.js';
import { OnNobodyMayDecide } from './features/on-nobody-may-decide.js';
import { OnRequestApproved } from './features/on-request-approved.js';
import { OnRequestCreatedNotCustomised } from './features/on-request-created-not-customised.js';
import { OnRequestFailed } from './features/on-request-failed.js';
import { OnRequestReady } from './features/on-request-ready.js';
import { OnRequestRejected } from './features/on-request-rejected.js';
import { OnRequestSubmitted } from './features/on-request-submitted.js';
import { OnRolesChanged } from './features/on-roles-changed.js';
import { OnStageOpened } from './features/on-stage-opened.js';
import { OnVmDecommissionHeldUp } from './features/on-vm-decommission-held-up.js';
import { ReadNotifications } from './features/read-notifications.js';
import { SetSmtp, SmtpSettings } from './features/set-smtp.js';
import { TestSmtp } from './features/test-smtp.js';
import { FirstStart } from './first-start.js';
import { AddressedMails } from './mail/addressed-mail.js';
import { SmtpServers } from './mail/smtp-servers.js';
import { Mailing } from './mailing.js';
import { RequestCopies } from './request-copies.js';
import { Settings } from './settings.js';

@Module({
  controllers: [
    GetSmtp,
    ListDeliveries,
    ListNotifications,
    OnApproversChanged,
    OnMemberJoined,
    OnNobodyMayDecide,
    OnRequestApproved,
    OnRequestCreatedNotCustomised,
    OnRequestFailed,
    OnRequestReady,
    OnRequestRejected,
    OnRequestSubmitted,
    OnRolesChanged,
    OnStageOpened,
    OnVmDecommissionHeldUp,
    ReadNotifications,
    SetSmtp,
    TestSmtp,
  ],
  providers: [
    Administrators,
    DeliverMail,
    SmtpSettings,
    Deliveries,
    FirstStart,
    AddressedMails,
    SmtpServers,
    Mailing,
    RequestCopies,
    Settings,
  ],
})
export class NotificationModule {}

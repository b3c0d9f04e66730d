import type { vcenterCameBack, vcenterConnected, vcenterWentAway } from '@dvmm/contracts';
import type { FactOf, Recorded } from '@eaf/messaging/contract';

export type VCenterFact =
  | FactOf<typeof vcenterConnected>
  | FactOf<typeof vcenterWentAway>
  | FactOf<typeof vcenterCameBack>;

export type VCenterSettings = Omit<FactOf<typeof vcenterConnected>['data'], 'credentialsVersion'>;

export interface VCenterConnection {
  /** 0 = never entered. Rises with each change. */
  readonly credentialsVersion: number;
  readonly away: boolean;
}

export const notConnected: VCenterConnection = { credentialsVersion: 0, away: false };

export function evolveConnection(connection: VCenterConnection, event: Recorded<VCenterFact>): VCenterConnection {
  switch (event.type) {
    case 'provisioning.vcenter-connected':
      return { ...connection, credentialsVersion: event.data.credentialsVersion };
    case 'provisioning.vcenter-went-away':
      return { ...connection, away: true };
    case 'provisioning.vcenter-came-back':
      return { ...connection, away: false };
  }
}

export function enterSettings(connection: VCenterConnection, settings: VCenterSettings): VCenterFact[] {
  return [
    {
      type: 'provisioning.vcenter-connected',
      data: { ...settings, credentialsVersion: connection.credentialsVersion + 1 },
    },
  ];
}

/** Facts only when something changed: a vCenter is looked at every half minute for years. */
export function noteAnswer(
  connection: VCenterConnection,
  vcenterId: string,
  answer: { away: false } | { away: true; why: string },
): VCenterFact[] {
  if (answer.away === connection.away) return [];
  return answer.away
    ? [{ type: 'provisioning.vcenter-went-away', data: { vcenterId, why: answer.why } }]
    : [{ type: 'provisioning.vcenter-came-back', data: { vcenterId } }];
}

import type { listVCenters } from '@dvmm/contracts';
import type { Output } from '@eaf/messaging/contract';
import type { VCenterRow } from '../connections/hypervisors.js';

export type ShownVCenter = Output<typeof listVCenters>['items'][number];

/** A connection as administrators see it: everything but the password. */
export function showVCenter(row: VCenterRow): ShownVCenter {
  return {
    id: row.id,
    name: row.name,
    host: row.host,
    port: row.port,
    username: row.username,
    certificate: row.certificate,
    maxClones: row.max_clones,
    datacenter: row.datacenter,
    resourcePool: row.resource_pool,
    datastore: row.datastore,
    folder: row.folder,
    awaySince: row.away_since?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}

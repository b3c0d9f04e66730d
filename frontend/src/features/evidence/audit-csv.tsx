import { useLingui } from '@lingui/react/macro';
import { call } from '../../api/call';
import type { Asked } from '../../api/route';
import { listAudit } from '../../api/routes';
import { ListCsv } from '../../ui/list-csv';
import type { Names } from './use-names';

/** With ids and hashes, so that every row can be found again in the trail itself. */
export function AuditCsv({ filter, names }: { filter: Asked<typeof listAudit>; names: Names }) {
  const { t } = useLingui();
  return (
    <ListCsv
      name="audit"
      ask={(cursor) => call(listAudit, { ...filter, limit: 200, cursor })}
      head={[
        t`No.`,
        t`Time`,
        t`Recorded`,
        t`Who`,
        t`Who (id)`,
        t`What`,
        t`Event`,
        t`Object`,
        t`Stream`,
        t`Reference`,
        t`Raw data`,
        t`Hash`,
        t`Hash before`,
      ]}
      row={(entry) => {
        const { kind, name } = names.object(entry.stream, entry.data);
        return [
          entry.number,
          entry.time,
          entry.recordedAt,
          names.actor(entry.actor),
          entry.actor.id,
          names.what(entry.type),
          entry.type,
          `${kind} ${name}`.trim(),
          entry.stream,
          entry.correlationId,
          JSON.stringify(entry.data),
          entry.hash,
          entry.previous,
        ];
      }}
    />
  );
}

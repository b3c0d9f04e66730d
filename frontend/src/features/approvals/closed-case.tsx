import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerTo } from '../../api/query';
import type { Answered } from '../../api/route';
import { getRequest } from '../../api/routes';
import { useMe } from '../../app/session';
import { Asked } from '../../ui/asked';
import { moment } from '../../words/format';

type Line = Answered<typeof getRequest>['timeline'][number];

/** What ends a case. The approval of the last stage ends it; that the request is approved then follows. */
const endings = ['approval.stage-approved', 'request.rejected', 'request.cancelled', 'request.expired'];

/** The case is no longer open: by whom, when, and where to read on. */
export function ClosedCase({ id }: { id: string }) {
  const { t } = useLingui();
  const answer = useQuery(answerTo(getRequest, { id }));
  return (
    <div className="rounded-panel border border-border bg-muted p-4">
      <Asked answer={answer} lines={2}>
        {({ vm, timeline }) => (
          <>
            <p className="font-semibold">
              <Ending line={timeline.findLast(({ what }) => endings.includes(what))} />
            </p>
            <Link to="/requests/$id" params={{ id }} className="text-primary hover:underline">
              {t`To the request ${vm.name}`}
            </Link>
          </>
        )}
      </Asked>
    </div>
  );
}

function Ending({ line }: { line: Line | undefined }) {
  const { t } = useLingui();
  const { person } = useMe();
  if (!line) return t`This request is no longer open.`;
  const at = moment(line.at);
  if (line.what === 'request.cancelled') return t`The request was withdrawn on ${at}. There is nothing left to decide.`;
  if (line.what === 'request.expired') return t`The request lapsed on ${at}. There is nothing left to decide.`;
  const who = line.who.name ?? t`A deleted person`;
  if (line.what === 'request.rejected')
    return line.who.id === person.id ? t`You rejected on ${at}.` : t`${who} rejected on ${at}.`;
  return line.who.id === person.id ? t`You approved on ${at}.` : t`${who} approved on ${at}.`;
}

import { useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { Problem } from '../api/problem';
import { Button } from './button';
import { CopyButton } from './copy-button';

/** What went wrong, in the server's words, with what to do: try again, and a reference for whoever helps. */
export function ProblemNote({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useLingui();
  const problem = error instanceof Problem ? error : undefined;
  return (
    <div role="alert" className="flex gap-3 rounded-panel border border-bad-mark bg-bad-tint p-4">
      <TriangleAlert aria-hidden size={20} className="shrink-0 text-bad" />
      <div className="min-w-0">
        <p className="font-semibold text-bad">{problem?.title ?? t`That did not work`}</p>
        <p>{problem?.detail ?? t`The fault is ours. Reload the page, or try again later.`}</p>
        {problem?.reference ? (
          <p className="mt-1 text-small">
            {t`Reference`} <code className="font-mono break-all">{problem.reference}</code>{' '}
            <CopyButton text={problem.reference} what={t`reference`} />
          </p>
        ) : null}
        {onRetry ? (
          <Button className="mt-3" onClick={onRetry}>
            {t`Try again`}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

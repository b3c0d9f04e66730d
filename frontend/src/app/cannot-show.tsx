import { useLingui } from '@lingui/react/macro';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNote } from '../ui/problem-note';

/** A page that broke while it was drawn, or whose file could not be loaded. The rest of the frame stays. */
export function CannotShow({ error }: ErrorComponentProps) {
  const { t } = useLingui();
  return (
    <div className="mx-auto max-w-[640px] p-8">
      <h1 className="mb-4 text-h1">{t`This page cannot be shown`}</h1>
      <ProblemNote
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => location.reload()}
      />
    </div>
  );
}

import type { ReactNode } from 'react';

/** Nothing is here: why, and what to do next. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-4 rounded-panel border border-border bg-card p-6">
      <p className="text-muted-foreground">{children}</p>
      {action}
    </div>
  );
}

import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { classNames } from './class-names';

interface PageProps {
  readonly title: string;
  /** Begins the tab's title where it differs from the heading, such as a state that changed. */
  readonly tabTitle?: string;
  readonly back?: { readonly to: string; readonly label: string };
  readonly status?: ReactNode;
  readonly facts?: ReactNode;
  /** The one primary action. */
  readonly action?: ReactNode;
  /** Small things to do with what is shown, such as a file of it; beside the heading on every width. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** One page: where I am, its state, the one thing to do, then the content. After navigation the heading has the focus. */
export function Page({ title, tabTitle = title, back, status, facts, action, tools, children }: PageProps) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tabTitle} · DVMM`;
  }, [tabTitle]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <header className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2">
        {back ? (
          <Link
            to={back.to}
            aria-label={t`Back to ${back.label}`}
            className="inline-flex items-center gap-1 text-primary hover:underline"
          >
            <ChevronLeft aria-hidden size={16} />
            {back.label}
          </Link>
        ) : null}
        <h1 ref={heading} tabIndex={-1} className="min-w-0 text-h1 break-words">
          {title}
        </h1>
        {status}
        {tools || action ? (
          <div className="ml-auto flex flex-wrap items-start justify-end gap-2">
            {tools ? <div className="flex flex-wrap gap-2 print:hidden">{tools}</div> : null}
            {action ? <div className="flex gap-2 max-sm:hidden">{action}</div> : null}
          </div>
        ) : null}
        {facts ? <p className="w-full text-muted-foreground">{facts}</p> : null}
      </header>
      {children}
      {action ? (
        <div className="sticky bottom-16 z-10 mt-6 flex justify-end gap-4 border-t border-border bg-background py-3 sm:hidden">
          {action}
        </div>
      ) : null}
    </>
  );
}

/** A heading with what belongs under it. */
export function Section({
  title,
  action,
  className,
  children,
}: {
  title: string;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={classNames('mb-8', className)}>
      <div className="mb-2 flex items-center gap-4">
        <h2 className="text-h3">{title}</h2>
        {action ? <div className="ml-auto">{action}</div> : null}
      </div>
      {children}
    </section>
  );
}

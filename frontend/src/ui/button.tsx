import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';

type ButtonLook = 'primary' | 'outline' | 'quiet' | 'destructive';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-primary text-primary-foreground hover:bg-primary-hover',
  outline: 'border border-input bg-card text-foreground hover:bg-accent',
  quiet: 'text-primary hover:bg-accent',
  destructive: 'bg-destructive text-destructive-foreground hover:opacity-90',
};
const shape =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-control px-4 font-semibold whitespace-nowrap ' +
  'transition-colors duration-120 aria-disabled:cursor-default aria-disabled:opacity-60 pointer-coarse:min-h-11';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  /** While what it began is under way: it says so and takes no second click. */
  readonly busy?: boolean;
  /** What it acts on, where several buttons read alike: said, not drawn. */
  readonly of?: string;
}

export function Button({
  look = 'outline',
  busy,
  of,
  className,
  onClick,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={classNames(shape, looks[look], className)}
    >
      {children}
      {of ? <span className="sr-only">{of}</span> : null}
    </button>
  );
}

/** Looks like a button, goes to another page. */
export function ButtonLink({
  look = 'outline',
  children,
  className,
  ...to
}: LinkProps & { look?: ButtonLook; children: ReactNode; className?: string }) {
  return (
    <Link {...to} className={classNames(shape, looks[look], className)}>
      {children}
    </Link>
  );
}

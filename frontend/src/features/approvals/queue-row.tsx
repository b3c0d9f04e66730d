import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { classNames } from '../../ui/class-names';
import { Moment } from '../../ui/moment';
import { money } from '../../words/format';
import type { Case } from './case';

export const rowOf = (id: string) => document.getElementById(`case-${id}`);

export function QueueRow({
  item,
  open,
  chosen,
  choosable,
  onOpen,
  onChoose,
}: {
  item: Case;
  open: boolean;
  chosen: boolean;
  /** Not in another stage than what is chosen already. */
  choosable: boolean;
  onOpen: () => void;
  onChoose: (chosen: boolean) => void;
}) {
  const { t } = useLingui();
  const { vm } = item;
  return (
    <li
      className={classNames(
        'flex border-l-[3px]',
        open ? 'border-l-primary bg-primary-tint' : 'border-l-transparent hover:bg-accent',
      )}
    >
      {item.mayDecide ? (
        <label
          className="flex min-h-11 w-10 shrink-0 items-center justify-center pointer-coarse:w-12"
          title={choosable ? undefined : t`In another stage`}
        >
          <span className="sr-only">{t`Choose ${vm.name}`}</span>
          <input
            type="checkbox"
            checked={chosen}
            disabled={!choosable}
            onChange={(event) => onChoose(event.target.checked)}
            className="size-4 accent-primary"
          />
        </label>
      ) : (
        <span className="w-10 shrink-0 pointer-coarse:w-12" />
      )}
      <Link
        id={`case-${item.id}`}
        from="/approvals"
        to="/approvals"
        search={(old) => ({ ...old, id: item.id })}
        onClick={onOpen}
        aria-current={open ? 'true' : undefined}
        className="flex min-w-0 flex-1 flex-wrap gap-x-3 py-2 pr-4"
      >
        <strong className="min-w-0 break-words">{vm.name}</strong>
        <span className="ml-auto">{money(vm.size.monthlyCostCents, vm.size.currency)}</span>
        <span className="w-full text-small text-muted-foreground">
          {item.requester.name ?? t`Deleted person`} · <Moment at={item.openedAt} />
          {item.mayDecide ? null : ` · ${t`not yours to decide`}`}
        </span>
      </Link>
    </li>
  );
}

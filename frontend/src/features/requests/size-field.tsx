import { useLingui } from '@lingui/react/macro';
import { Fault } from '../../ui/field';
import { diskSize, gigabytes, list, money } from '../../words/format';
import { amountOf } from '../../words/quota';
import type { Shortage } from './shortage';

interface Size {
  readonly key: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  readonly monthlyCostCents: number;
  readonly currency: string;
}

/** Radio buttons with the price in them: all in sight, arrows move. What does not fit says what is missing and who can help. */
export function SizeField({
  sizes,
  shortages,
  value,
  fault,
  onChange,
}: {
  sizes: readonly Size[];
  shortages: (size: Size) => readonly Shortage[];
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t, i18n } = useLingui();
  const missing = (short: readonly Shortage[], scope: Shortage['scope']) =>
    list(
      short
        .filter((one) => one.scope === scope)
        .map((one) => amountOf(one.dimension, one.missing, (word) => i18n._(word))),
      'and',
    );
  return (
    <fieldset id="size" tabIndex={-1} aria-describedby={fault ? 'size-fault' : undefined}>
      <legend>{t`Size`}</legend>
      <div className="mt-1 divide-y divide-border rounded-panel border border-input bg-card">
        {sizes.map((size) => {
          const cost = money(size.monthlyCostCents, size.currency);
          const short = shortages(size);
          const [inProject, inTenant] = [missing(short, 'project'), missing(short, 'tenant')];
          return (
            <label
              key={size.key}
              className="flex min-h-11 flex-wrap items-center gap-x-4 border-l-[3px] border-l-transparent px-3 py-1 hover:bg-accent has-checked:border-l-primary has-checked:bg-primary-tint"
            >
              <input
                type="radio"
                name="size"
                value={size.key}
                checked={size.key === value}
                onChange={() => onChange(size.key)}
                className="size-4 accent-primary"
              />
              <strong className="w-10">{size.key}</strong>
              <span>{`${size.vcpus} vCPU`}</span>
              <span>{gigabytes(size.memoryMiB)}</span>
              <span>{diskSize(size.diskGiB)}</span>
              <span className="ml-auto">{t`${cost} a month`}</span>
              {short.length > 0 ? (
                <span className="w-full pb-2 pl-8 text-small text-warn">
                  {inProject ? t`Does not fit: the project is ${inProject} short.` : null}{' '}
                  {inTenant ? t`Does not fit: the tenant is ${inTenant} short.` : null}{' '}
                  {t`The tenant administration can raise the limit.`}
                </span>
              ) : null}
            </label>
          );
        })}
      </div>
      <Fault id="size" fault={fault} />
    </fieldset>
  );
}

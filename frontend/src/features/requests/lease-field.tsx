import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { SelectField } from '../../ui/field';
import { dayIn } from '../../words/format';

const usual = [14, 30, 90, 180, 365];

/** How long the VM is needed; the day beside the number, as people think in days of the calendar. */
export function LeaseField({
  value,
  fault,
  onChange,
}: {
  /** Null: no end. */
  value: number | null;
  fault: string | undefined;
  onChange: (value: number | null) => void;
}) {
  const { t } = useLingui();
  const days = value === null || usual.includes(value) ? usual : [...usual, value].sort((one, other) => one - other);
  return (
    <SelectField
      id="leaseDays"
      label={t`Lease`}
      help={t`How long you need the VM. Approvers read it; nothing is switched off by itself.`}
      value={value === null ? '' : String(value)}
      options={[
        { id: '', name: t`No end` },
        ...days.map((one) => ({
          id: String(one),
          name: t`${plural(one, { one: '# day', other: '# days' })}, until ${dayIn(one)}`,
        })),
      ]}
      fault={fault}
      onChange={(chosen) => onChange(chosen === '' ? null : Number(chosen))}
    />
  );
}

import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Check } from '../ui/field';
import { Sheet } from '../ui/sheet';
import { oneLetterKeys } from './keys';
import { useGroups } from './places';
import { useHasRole } from './session';

/** All keys, and the way to switch off those of one letter. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const places = useGroups().flatMap((group) => group.places);
  const asks = useHasRole('user', 'tenant-admin');
  const decides = useHasRole('approver', 'tenant-admin');
  const [on, setOn] = useState(oneLetterKeys.on);
  const control = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : t`Ctrl`;
  const lines: readonly (readonly [readonly string[], string])[] = [
    [[control, 'K'], t`Search or jump`],
    [['?'], t`This list`],
    ...places.flatMap(({ afterG, label }) => (afterG ? [[['g', afterG], i18n._(label)] as const] : [])),
    ...(asks ? [[['n'], t`Request a VM`] as const] : []),
    [['s'], t`To the first filter`],
    [['j'], t`Next row`],
    [['k'], t`Row before`],
    [['Enter'], t`Open the row`],
    ...(decides
      ? ([
          [['a'], t`Approve`],
          [['r'], t`Reject`],
          [['u'], t`Undo`],
          [['x'], t`Choose the request`],
        ] as const)
      : []),
    [[control, 'Enter'], t`Send the form`],
    [['Esc'], t`Close; the focus goes back to where it came from`],
  ];
  return (
    <Sheet title={t`Keyboard shortcuts`} onClose={onClose}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {lines.map(([keys, what]) => (
          <div key={what} className="col-span-2 grid grid-cols-subgrid items-center">
            <dt className="flex gap-1">
              {keys.map((key, index) => (
                <kbd
                  key={`${index} ${key}`}
                  className="min-w-7 rounded-control border border-input bg-muted px-2 text-center font-mono text-small"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-6">
        <Check
          label={t`Use keys of one letter`}
          help={t`They never fire while you type in a field.`}
          checked={on}
          onChange={(checked) => {
            oneLetterKeys.on = checked;
            setOn(checked);
          }}
        />
      </div>
    </Sheet>
  );
}

import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { defineSize, listSizes } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { InputField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Cell, List, Row } from '../../ui/list';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { useForm } from '../../ui/use-form';
import { count, diskSize, gigabytes, money } from '../../words/format';
import { readNumber, readWhole, writeNumber } from '../../words/read-number';

type Size = Entry<typeof listSizes>;

/** What can be asked for and what it costs. */
export function SizesPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [open, setOpen] = useState<{ size: Size | undefined }>();
  const answer = useQuery(allOf(listSizes, {}));
  const create = administers ? (
    <Button look="primary" onClick={() => setOpen({ size: undefined })}>{t`Create size`}</Button>
  ) : null;
  return (
    <Page
      title={t`Sizes`}
      facts={t`A new price counts for new requests. Requests and machines keep theirs.`}
      action={open ? null : create}
    >
      {open ? (
        <SizeForm
          key={open.size?.key ?? ''}
          size={open.size}
          others={answer.data ?? []}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
      <Asked answer={answer} lines={5}>
        {(sizes) =>
          sizes.length === 0 ? (
            <Empty action={open ? null : create}>{t`No sizes yet. Nobody can ask for a VM before there is one.`}</Empty>
          ) : (
            <List
              caption={t`Sizes`}
              columns={[
                { name: t`Size` },
                { name: t`vCPU`, right: true },
                { name: t`Memory`, right: true },
                { name: t`Disk`, right: true },
                { name: t`a month`, right: true },
                ...(administers ? [{ name: t`Actions`, right: true }] : []),
              ]}
            >
              {sizes.map((size) => (
                <Row key={size.key} name={size.key}>
                  <Cell label={t`vCPU`} right>
                    {count(size.vcpus)}
                  </Cell>
                  <Cell label={t`Memory`} right>
                    {gigabytes(size.memoryMiB)}
                  </Cell>
                  <Cell label={t`Disk`} right>
                    {diskSize(size.diskGiB)}
                  </Cell>
                  <Cell label={t`a month`} right>
                    {money(size.monthlyCostCents, size.currency)}
                  </Cell>
                  {administers ? (
                    <Cell buttons>
                      <Button look="quiet" of={size.key} onClick={() => setOpen({ size })}>
                        {t`Change`}
                      </Button>
                    </Cell>
                  ) : null}
                </Row>
              ))}
            </List>
          )
        }
      </Asked>
    </Page>
  );
}

function SizeForm({ size, others, onClose }: { size: Size | undefined; others: readonly Size[]; onClose: () => void }) {
  const { t } = useLingui();
  const currency = size?.currency ?? others[0]?.currency ?? 'EUR';
  const form = useForm({
    key: size?.key ?? '',
    vcpus: size ? writeNumber(size.vcpus) : '',
    memoryMiB: size ? writeNumber(size.memoryMiB / 1024) : '',
    diskGiB: size ? writeNumber(size.diskGiB) : '',
    monthlyCostCents: size ? writeNumber(size.monthlyCostCents / 100) : '',
  });
  const { values, field } = form;
  const memory = readNumber(values.memoryMiB);
  const cost = readNumber(values.monthlyCostCents);
  const key = values.key.trim();
  const check = () => {
    const faults: Record<string, string> = {};
    if (!/^[A-Za-z0-9-]{1,20}$/.test(key)) faults['key'] = t`Enter a short name: 1 to 20 letters, digits or hyphens.`;
    else if (!size && others.some((one) => one.key === key)) faults['key'] = t`There already is a size ${key}.`;
    if (readWhole(values.vcpus, 1, 128) === null) faults['vcpus'] = t`Enter 1 to 128 vCPU.`;
    if (memory === null || memory < 0.25) faults['memoryMiB'] = t`Enter the memory in GB, at least 0.25.`;
    if (readWhole(values.diskGiB, 1) === null) faults['diskGiB'] = t`Enter the disk in whole GB, at least 1.`;
    if (cost === null) faults['monthlyCostCents'] = t`Enter the cost a month, such as 42.00.`;
    return faults;
  };
  return (
    <Panel title={size ? t`Change size ${size.key}` : t`Create size`}>
      <Form
        form={form}
        change={useChange(defineSize, [listSizes])}
        check={check}
        input={() => ({
          key,
          vcpus: readWhole(values.vcpus, 1) ?? 0,
          memoryMiB: Math.round((memory ?? 0) * 1024),
          diskGiB: readWhole(values.diskGiB, 1) ?? 0,
          monthlyCostCents: Math.round((cost ?? 0) * 100),
          currency,
        })}
        onDone={() => {
          announce(t`Size ${key} is saved.`);
          onClose();
        }}
        submit={t`Save size`}
        onLeave={onClose}
      >
        {size ? null : (
          <InputField
            {...field('key')}
            label={t`Name`}
            help={t`Short, such as S, M or L-memory; it cannot be changed.`}
          />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <InputField {...field('vcpus')} label={t`vCPU`} numeric />
          <InputField {...field('memoryMiB')} label={t`Memory`} numeric unit="GB" />
          <InputField {...field('diskGiB')} label={t`Disk`} numeric unit="GB" />
          <InputField {...field('monthlyCostCents')} label={t`Cost`} numeric unit={t`${currency} a month`} />
        </div>
      </Form>
    </Panel>
  );
}

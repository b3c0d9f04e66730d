import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useMemo } from 'react';
import type { Asked, Entry } from '../../api/route';
import type { listVms } from '../../api/routes';
import { Moment } from '../../ui/moment';
import { StatusBadge } from '../../ui/status-badge';
import type { Cell } from '../../words/csv';
import { environmentWords } from '../../words/environment';
import { count, money } from '../../words/format';
import { statusOfMachine } from '../../words/status';

export type Vm = Entry<typeof listVms>;
export type Sort = NonNullable<Asked<typeof listVms>['sort']>;

export interface Column {
  readonly id: string;
  readonly head: MessageDescriptor;
  /** By what the server sorts for it; absent where it does not. */
  readonly sort?: Sort;
  readonly right?: boolean;
  readonly mono?: boolean;
  /** On a phone, where a row has two lines, it is one of the two facts. */
  readonly phone?: boolean;
  /** Share of the width where rows are virtual, so that columns stand still while rows change. */
  readonly width: number;
  readonly show: (vm: Vm) => ReactNode;
  readonly csv: (vm: Vm) => Cell;
}

/** All columns beside the name, in order. */
export function useColumns(): readonly Column[] {
  const { t, i18n } = useLingui();
  return useMemo(() => {
    const person = (name: string | undefined) => name ?? t`Deleted person`;
    return [
      {
        id: 'status',
        head: msg`Status`,
        sort: 'power',
        phone: true,
        width: 3,
        show: (vm) => <StatusBadge status={statusOfMachine(vm)} plain />,
        csv: (vm) => i18n._(statusOfMachine(vm).word),
      },
      {
        id: 'address',
        head: msg`Address`,
        mono: true,
        phone: true,
        width: 3,
        show: ({ addresses }) => addresses.join(', '),
        csv: ({ addresses }) => addresses.join(', '),
      },
      {
        id: 'hostName',
        head: msg`Host name`,
        mono: true,
        width: 4,
        show: ({ hostName }) => hostName ?? '–',
        csv: ({ hostName }) => hostName,
      },
      { id: 'size', head: msg`Size`, width: 1, show: ({ size }) => size.key, csv: ({ size }) => size.key },
      {
        id: 'vcpus',
        head: msg`vCPU`,
        right: true,
        width: 1,
        show: ({ size }) => count(size.vcpus),
        csv: ({ size }) => size.vcpus,
      },
      {
        id: 'memory',
        head: msg`Memory in GB`,
        right: true,
        width: 2,
        show: ({ size }) => count(size.memoryMiB / 1024),
        csv: ({ size }) => size.memoryMiB / 1024,
      },
      {
        id: 'disk',
        head: msg`Disk in GB`,
        right: true,
        width: 2,
        show: ({ size }) => count(size.diskGiB),
        csv: ({ size }) => size.diskGiB,
      },
      {
        id: 'project',
        head: msg`Project`,
        sort: 'project',
        width: 3,
        show: ({ project }) => project.name,
        csv: ({ project }) => project.name,
      },
      {
        id: 'owner',
        head: msg`Owner`,
        width: 3,
        show: ({ owner }) => person(owner.name),
        csv: ({ owner }) => person(owner.name),
      },
      {
        id: 'environment',
        head: msg`Environment`,
        width: 2,
        show: ({ environment }) => i18n._(environmentWords[environment]),
        csv: ({ environment }) => i18n._(environmentWords[environment]),
      },
      {
        id: 'created',
        head: msg`Created`,
        sort: 'created',
        right: true,
        width: 3,
        show: ({ createdAt }) => <Moment at={createdAt} />,
        csv: ({ createdAt }) => createdAt,
      },
      {
        id: 'cost',
        head: msg`a month`,
        sort: 'cost',
        right: true,
        width: 2,
        show: ({ size }) => money(size.monthlyCostCents, size.currency),
        csv: ({ size }) => size.monthlyCostCents / 100,
      },
    ];
  }, [i18n, t]);
}

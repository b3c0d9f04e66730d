import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listNetworks, offerNetwork } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { InputField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Cell, List, Row } from '../../ui/list';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { type Faults, useForm } from '../../ui/use-form';
import { count } from '../../words/format';
import { readWhole } from '../../words/read-number';
import { FoundInVCenter, useVCenterNames } from './offered';

type Network = Entry<typeof listNetworks>;

/** Which networks VMs can join, how they get their addresses, and how many are left. */
export function NetworksPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [offering, setOffering] = useState(false);
  const vcenterOf = useVCenterNames();
  const answer = useQuery(allOf(listNetworks, {}));
  const offer =
    administers && !offering ? (
      <Button look="primary" onClick={() => setOffering(true)}>{t`Offer network`}</Button>
    ) : null;
  return (
    <Page title={t`Networks`} action={offer}>
      {offering ? <OfferNetwork offered={answer.data ?? []} onClose={() => setOffering(false)} /> : null}
      <Asked answer={answer} lines={5}>
        {(networks) =>
          networks.length === 0 ? (
            <Empty
              action={offer}
            >{t`No networks yet. Offer one that vCenter has, with DHCP or a range of addresses.`}</Empty>
          ) : (
            <List
              caption={t`Networks, by name`}
              columns={[
                { name: t`Name` },
                { name: t`Network in vCenter` },
                { name: 'vCenter' },
                { name: t`Addresses` },
                { name: t`Free`, right: true },
              ]}
            >
              {networks.map((network) => (
                <Row key={network.id} name={network.name}>
                  <Cell label={t`Network in vCenter`}>
                    <code className="font-mono text-small break-all">{network.vcenterName}</code>
                  </Cell>
                  <Cell label="vCenter">{vcenterOf(network.vcenterId)}</Cell>
                  <Cell label={t`Addresses`}>
                    <Addresses addressing={network.addressing} />
                  </Cell>
                  <Cell label={t`Free`} right>
                    {network.freeAddresses === null ? t`by DHCP` : count(network.freeAddresses)}
                  </Cell>
                </Row>
              ))}
            </List>
          )
        }
      </Asked>
    </Page>
  );
}

function Addresses({ addressing }: { addressing: Network['addressing'] }) {
  const { t } = useLingui();
  if (addressing.mode === 'dhcp') return 'DHCP';
  const { first, last, prefixLength, gateway } = addressing;
  return (
    <>
      {first}–{last}/{prefixLength}, {t`gateway ${gateway}`}
    </>
  );
}

const address = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/;

function OfferNetwork({ offered, onClose }: { offered: readonly Network[]; onClose: () => void }) {
  const { t } = useLingui();
  const form = useForm({
    vcenterName: '',
    name: '',
    mode: 'dhcp',
    first: '',
    last: '',
    prefixLength: '24',
    gateway: '',
    dnsServers: '',
  });
  const { values, field, set } = form;
  const [chosen, setChosen] = useState('');
  const dnsServers = values.dnsServers.split(/[\s,;]+/).filter(Boolean);
  const check = (): Faults => {
    const faults: Record<string, string> = {};
    if (!values.vcenterName) faults['vcenterName'] = t`Choose a network of vCenter.`;
    if (!values.name.trim()) faults['name'] = t`Enter a name that people understand.`;
    if (values.mode === 'dhcp') return faults;
    const wrong = t`Enter an IPv4 address, such as 10.20.4.10.`;
    for (const name of ['first', 'last', 'gateway'] as const) if (!address.test(values[name])) faults[name] = wrong;
    if (readWhole(values.prefixLength, 8, 30) === null) faults['prefixLength'] = t`Enter a number from 8 to 30.`;
    if (dnsServers.length > 4 || !dnsServers.every((one) => address.test(one)))
      faults['dnsServers'] = t`Enter up to four IPv4 addresses, parted by commas.`;
    return faults;
  };
  return (
    <Panel title={t`Offer network`}>
      <Form
        form={form}
        change={useChange(offerNetwork, [listNetworks])}
        check={check}
        input={() => ({
          vcenterId: chosen,
          vcenterName: values.vcenterName,
          name: values.name.trim(),
          addressing:
            values.mode === 'dhcp'
              ? { mode: 'dhcp' as const }
              : {
                  mode: 'static' as const,
                  first: values.first,
                  last: values.last,
                  prefixLength: readWhole(values.prefixLength, 8, 30) ?? 24,
                  gateway: values.gateway,
                  dnsServers,
                },
        })}
        byCode={{ 'network.missing-in-vcenter': 'vcenterName', 'network.pool-invalid': 'first' }}
        onDone={({ name }) => {
          announce(t`${name} is offered.`);
          onClose();
        }}
        submit={t`Offer network`}
        onLeave={onClose}
      >
        <FoundInVCenter
          kind="networks"
          vcenterId={chosen}
          value={values.vcenterName}
          offered={offered}
          fault={form.faults['vcenterName']}
          onVCenter={setChosen}
          onChange={(vcenterName) => set({ vcenterName })}
        />
        <InputField {...field('name')} label={t`Name`} help={t`What people choose by, such as Production.`} />
        <SelectField
          {...field('mode')}
          label={t`Addresses`}
          options={[
            { id: 'dhcp', name: t`by DHCP` },
            { id: 'static', name: t`from a range that DVMM hands out` },
          ]}
        />
        {values.mode === 'static' ? (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <InputField {...field('first')} label={t`First address`} />
              <InputField {...field('last')} label={t`Last address`} />
              <InputField {...field('gateway')} label={t`Gateway`} />
              <InputField {...field('prefixLength')} label={t`Length of the prefix`} numeric unit={t`bits`} />
            </div>
            <InputField
              {...field('dnsServers')}
              label={t`DNS servers (optional)`}
              help={t`Up to four, parted by commas.`}
            />
          </>
        ) : null}
      </Form>
    </Panel>
  );
}

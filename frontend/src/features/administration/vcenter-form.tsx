import { useLingui } from '@lingui/react/macro';
import type { UseMutationResult } from '@tanstack/react-query';
import { useChange } from '../../api/query';
import type { Answered, Asked, Entry } from '../../api/route';
import { changeVCenter, connectVCenter, listVCenters } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { InputField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { type Faults, useForm } from '../../ui/use-form';
import { readWhole, writeNumber } from '../../words/read-number';

type VCenter = Entry<typeof listVCenters>;
type Settings = Omit<Asked<typeof changeVCenter>, 'id' | 'password'>;

export function VCenterForm({ vcenter, onClose }: { vcenter: VCenter | undefined; onClose: () => void }) {
  const connect = useChange(connectVCenter, [listVCenters]);
  const change = useChange(changeVCenter, [listVCenters]);
  return vcenter ? (
    <Entries
      vcenter={vcenter}
      change={change}
      input={(settings, password) => ({ ...settings, id: vcenter.id, ...(password ? { password } : {}) })}
      onClose={onClose}
    />
  ) : (
    <Entries
      vcenter={undefined}
      change={connect}
      input={(settings, password) => ({ ...settings, password })}
      onClose={onClose}
    />
  );
}

function Entries<Input>({
  vcenter,
  change,
  input,
  onClose,
}: {
  vcenter: VCenter | undefined;
  change: UseMutationResult<Answered<typeof changeVCenter>, Error, Input>;
  input: (settings: Settings, password: string) => Input;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const form = useForm({
    name: vcenter?.name ?? '',
    host: vcenter?.host ?? '',
    port: writeNumber(vcenter?.port ?? 443),
    username: vcenter?.username ?? '',
    password: '',
    certificate: vcenter?.certificate ?? '',
    datacenter: vcenter?.datacenter ?? '',
    resourcePool: vcenter?.resourcePool ?? '',
    datastore: vcenter?.datastore ?? '',
    folder: vcenter?.folder ?? '',
    maxClones: writeNumber(vcenter?.maxClones ?? 8),
  });
  const { values, field } = form;
  const check = (): Faults => {
    const missing = {
      name: t`Enter a name for this vCenter.`,
      host: t`Enter the host name of vCenter.`,
      username: t`Enter the user that DVMM signs in with.`,
      datacenter: t`Enter the datacenter.`,
      resourcePool: t`Enter the resource pool.`,
      datastore: t`Enter the datastore.`,
      folder: t`Enter the VM folder.`,
    };
    const faults: Record<string, string> = {};
    for (const name of ['name', 'host', 'username', 'datacenter', 'resourcePool', 'datastore', 'folder'] as const)
      if (!values[name].trim()) faults[name] = missing[name];
    if (!vcenter && !values.password) faults['password'] = t`Enter the password.`;
    if (values.certificate.trim() && !values.certificate.includes('-----BEGIN CERTIFICATE-----'))
      faults['certificate'] = t`Paste the certificate as PEM; it begins with -----BEGIN CERTIFICATE-----.`;
    if (readWhole(values.port, 1, 65_535) === null) faults['port'] = t`Enter a port from 1 to 65535.`;
    if (readWhole(values.maxClones, 1, 64) === null) faults['maxClones'] = t`Enter a number from 1 to 64.`;
    return faults;
  };
  const settings = (): Settings => ({
    name: values.name.trim(),
    host: values.host.trim(),
    port: readWhole(values.port, 1, 65_535) ?? 443,
    username: values.username.trim(),
    certificate: values.certificate.trim() || null,
    datacenter: values.datacenter.trim(),
    resourcePool: values.resourcePool.trim(),
    datastore: values.datastore.trim(),
    folder: values.folder.trim(),
    maxClones: readWhole(values.maxClones, 1, 64) ?? 8,
  });
  return (
    <Form
      form={form}
      change={change}
      check={check}
      input={() => input(settings(), values.password)}
      byCode={{ 'vcenter.name-taken': 'name', 'vcenter.host-not-allowed': 'host' }}
      onDone={() => {
        announce(t`The connection is saved. Check it now.`);
        onClose();
      }}
      submit={t`Save connection`}
      onLeave={onClose}
    >
      <InputField {...field('name')} label={t`Name`} help={t`How people here call it.`} />
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <InputField {...field('host')} label={t`Host`} />
        <InputField {...field('port')} label={t`Port`} numeric />
      </div>
      <InputField {...field('username')} label={t`User`} />
      <InputField
        {...field('password')}
        label={vcenter ? t`Password (optional)` : t`Password`}
        help={
          vcenter
            ? t`Empty: the stored one stays. It is kept encrypted and never shown.`
            : t`It is kept encrypted and never shown.`
        }
        type="password"
        autoComplete="new-password"
      />
      <TextField
        {...field('certificate')}
        label={t`Certificate (optional)`}
        help={t`PEM of vCenter's certificate or of its authority. Empty: as the system trusts it.`}
        rows={4}
        mono
      />
      <InputField {...field('datacenter')} label={t`Datacenter`} />
      <InputField {...field('resourcePool')} label={t`Resource pool`} help={t`Name or path as in vCenter.`} />
      <InputField {...field('datastore')} label={t`Datastore`} />
      <InputField
        {...field('folder')}
        label={t`VM folder`}
        help={t`All VMs of this tenant are made in it. It is created when absent.`}
      />
      <InputField {...field('maxClones')} label={t`Clones at a time`} numeric />
    </Form>
  );
}

import { useLingui } from '@lingui/react/macro';
import type { UseMutationResult } from '@tanstack/react-query';
import { useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listQuota, setProjectQuota, setTenantQuota } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { Check, InputField } from '../../ui/field';
import { Form } from '../../ui/form';
import { QuotaBars } from '../../ui/quota-bar';
import { useForm } from '../../ui/use-form';
import { readNumber, readWhole, writeNumber } from '../../words/read-number';

type Quota = Entry<typeof listQuota>;
type Limits = Quota['limits'];

/** How far it is taken, and where it is asked for, the form that changes it. */
export function QuotaPanel({ quota, changing, onClose }: { quota: Quota; changing: boolean; onClose: () => void }) {
  return (
    <div className="rounded-panel border border-border bg-card p-4">
      <div className="grid gap-x-8 sm:grid-cols-2">
        <QuotaBars quota={quota} />
      </div>
      {changing ? (
        <div className="mt-4 border-t border-border pt-4">
          <LimitsForm quota={quota} onClose={onClose} />
        </div>
      ) : null}
    </div>
  );
}

/** Changes the limits of the tenant or of a project. What is taken already stays, even above a new limit. */
function LimitsForm({ quota, onClose }: { quota: Quota; onClose: () => void }) {
  return quota.projectId === null ? (
    <TenantLimits limits={quota.limits} onClose={onClose} />
  ) : (
    <ProjectLimits id={quota.projectId} limits={quota.limits} onClose={onClose} />
  );
}

function TenantLimits(props: { limits: Limits; onClose: () => void }) {
  return <Entries {...props} change={useChange(setTenantQuota, [listQuota])} input={(limits) => ({ limits })} />;
}

function ProjectLimits({ id, ...props }: { id: string; limits: Limits; onClose: () => void }) {
  return <Entries {...props} change={useChange(setProjectQuota, [listQuota])} input={(limits) => ({ id, limits })} />;
}

function Entries<Input>({
  limits,
  change,
  input,
  onClose,
}: {
  limits: Limits;
  change: UseMutationResult<Quota, Error, Input>;
  input: (limits: Limits) => Input;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const form = useForm({
    unlimited: limits === null,
    vms: limits ? writeNumber(limits.vms) : '',
    vcpus: limits ? writeNumber(limits.vcpus) : '',
    memoryMiB: limits ? writeNumber(limits.memoryMiB / 1024) : '',
    diskGiB: limits ? writeNumber(limits.diskGiB) : '',
  });
  const { values, field } = form;
  const check = () => {
    if (values.unlimited) return {};
    const faults: Record<string, string> = {};
    if (readWhole(values.vms, 0) === null) faults['vms'] = t`Enter how many VMs, as a whole number.`;
    if (readWhole(values.vcpus, 0) === null) faults['vcpus'] = t`Enter how many vCPU, as a whole number.`;
    if (readNumber(values.memoryMiB) === null) faults['memoryMiB'] = t`Enter the memory in GB.`;
    if (readWhole(values.diskGiB, 0) === null) faults['diskGiB'] = t`Enter the disk space in GB, as a whole number.`;
    return faults;
  };
  return (
    <Form
      form={form}
      change={change}
      check={check}
      input={() =>
        input(
          values.unlimited
            ? null
            : {
                vms: readWhole(values.vms, 0) ?? 0,
                vcpus: readWhole(values.vcpus, 0) ?? 0,
                memoryMiB: Math.round((readNumber(values.memoryMiB) ?? 0) * 1024),
                diskGiB: readWhole(values.diskGiB, 0) ?? 0,
              },
        )
      }
      onDone={() => {
        announce(t`The limit is changed.`);
        onClose();
      }}
      submit={t`Change limit`}
      onLeave={onClose}
    >
      <Check label={t`No limit`} checked={values.unlimited} onChange={(unlimited) => form.set({ unlimited })} />
      {values.unlimited ? null : (
        <div className="grid gap-4 sm:grid-cols-2">
          <InputField {...field('vms')} label={t`VMs`} numeric />
          <InputField {...field('vcpus')} label={t`vCPU`} numeric />
          <InputField {...field('memoryMiB')} label={t`Memory`} numeric unit="GB" />
          <InputField {...field('diskGiB')} label={t`Disk`} numeric unit="GB" />
        </div>
      )}
      <p className="max-w-[68ch] text-small text-muted-foreground">
        {t`What exists runs on, even above a lowered limit. New requests are checked against it.`}
      </p>
    </Form>
  );
}

import { useLingui } from '@lingui/react/macro';
import { useChange } from '../../api/query';
import { createTenant, listTenants } from '../../api/routes';
import { InputField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Panel } from '../../ui/panel';
import { useForm } from '../../ui/use-form';

/** A tenant and who begins in it. Its own settings are its administrator's to make. */
export function NewTenant({
  onDone,
  onKeep,
}: {
  onDone: (tenant: { name: string; email: string }) => void;
  onKeep: () => void;
}) {
  const { t } = useLingui();
  const form = useForm({ name: '', slug: '', administratorEmail: '', currency: 'EUR' });
  const { values, field, set } = form;
  const name = values.name.trim();
  const email = values.administratorEmail.trim();
  const check = () => ({
    ...(name ? {} : { name: t`Give the tenant a name.` }),
    ...(/^[a-z][a-z0-9-]{1,30}$/.test(values.slug)
      ? {}
      : { slug: t`2 to 31 lower-case letters, digits and hyphens, beginning with a letter.` }),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { administratorEmail: t`Give a whole mail address.` }),
    ...(/^[A-Z]{3}$/.test(values.currency) ? {} : { currency: t`Three capitals, such as EUR.` }),
  });
  return (
    <Panel title={t`Create tenant`}>
      <Form
        form={form}
        change={useChange(createTenant, [listTenants])}
        check={check}
        input={() => ({ ...values, name, administratorEmail: email })}
        byCode={{ 'tenant.slug-taken': 'slug' }}
        onDone={() => onDone({ name, email })}
        submit={t`Create tenant`}
        busy={t`Being created …`}
        onLeave={onKeep}
      >
        <InputField {...field('name')} label={t`Name`} />
        <InputField
          {...field('slug')}
          label={t`Short name`}
          help={t`Tells tenants apart. It never changes.`}
          onChange={(slug) => set({ slug: slug.toLowerCase() })}
        />
        <InputField
          {...field('administratorEmail')}
          label={t`Mail address of the first administrator`}
          help={t`Whoever signs in with this verified address first administers the tenant.`}
          type="email"
        />
        <InputField
          {...field('currency')}
          label={t`Currency of its prices`}
          onChange={(currency) => set({ currency: currency.toUpperCase() })}
        />
      </Form>
    </Panel>
  );
}

import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { answerTo, useChange } from '../../api/query';
import { getNamingRule, setNamingRule } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { InputField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Page } from '../../ui/page';
import { type Faults, useForm } from '../../ui/use-form';

/** How names of new VMs begin in this tenant. */
export function NamingPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const answer = useQuery(answerTo(getNamingRule, {}));
  return (
    <Page title={t`Naming rule`} facts={t`Counts for new requests. VMs and requests that exist keep their names.`}>
      <Asked answer={answer} lines={3}>
        {({ prefix }) =>
          administers ? (
            <NamingForm key={prefix} prefix={prefix} />
          ) : (
            <p>{prefix ? t`Names begin with ${prefix}` : t`Names begin as people like.`}</p>
          )
        }
      </Asked>
    </Page>
  );
}

function NamingForm({ prefix }: { prefix: string }) {
  const { t } = useLingui();
  const form = useForm({ prefix });
  const begins = form.values.prefix.trim().toLowerCase();
  return (
    <Form
      form={form}
      change={useChange(setNamingRule, [getNamingRule])}
      check={(): Faults =>
        /^([a-z][a-z0-9-]{0,19})?$/.test(begins)
          ? {}
          : { prefix: t`Begin with a letter; at most 20 lower-case letters, digits and hyphens.` }
      }
      input={() => ({ prefix: begins })}
      onDone={() => announce(t`The naming rule is saved.`)}
      submit={t`Save naming rule`}
    >
      <InputField
        {...form.field('prefix')}
        label={t`Names begin with (optional)`}
        help={t`Such as sw-; people type the rest. Empty: names begin as people like.`}
      />
      <p className="text-small text-muted-foreground">{t`Example: ${`${begins}web-01`}`}</p>
    </Form>
  );
}

import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listTemplates, offerTemplate } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { InputField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Cell, List, Row } from '../../ui/list';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { type Faults, useForm } from '../../ui/use-form';
import { language } from '../../words/language';
import { FoundInVCenter, useVCenterNames } from './offered';

type Template = Entry<typeof listTemplates>;

/** Which operating systems people can choose, and where they come from. */
export function TemplatesPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [offering, setOffering] = useState(false);
  const vcenterOf = useVCenterNames();
  const answer = useQuery(allOf(listTemplates, {}));
  const offer =
    administers && !offering ? (
      <Button look="primary" onClick={() => setOffering(true)}>{t`Offer template`}</Button>
    ) : null;
  return (
    <Page title={t`Templates`} action={offer}>
      {offering ? <OfferTemplate offered={answer.data ?? []} onClose={() => setOffering(false)} /> : null}
      <Asked answer={answer} lines={5}>
        {(templates) =>
          templates.length === 0 ? (
            <Empty
              action={offer}
            >{t`No templates yet. Offer one that vCenter has, under a name people understand.`}</Empty>
          ) : (
            <List
              caption={t`Templates, by name`}
              columns={[
                { name: t`Name` },
                { name: t`Template in vCenter` },
                { name: 'vCenter' },
                { name: t`Guest` },
                { name: t`How to log in` },
              ]}
            >
              {templates.map((template) => (
                <Row key={template.id} name={template.name}>
                  <Cell label={t`Template in vCenter`}>
                    <code className="font-mono text-small break-all">{template.vcenterName}</code>
                  </Cell>
                  <Cell label="vCenter">{vcenterOf(template.vcenterId)}</Cell>
                  <Cell label={t`Guest`}>{template.guest === 'windows' ? 'Windows' : 'Linux'}</Cell>
                  <Cell label={t`How to log in`}>{template.loginText[language()]}</Cell>
                </Row>
              ))}
            </List>
          )
        }
      </Asked>
    </Page>
  );
}

function OfferTemplate({ offered, onClose }: { offered: readonly Template[]; onClose: () => void }) {
  const { t } = useLingui();
  const form = useForm({
    vcenterName: '',
    name: '',
    loginDe: '',
    loginEn: '',
  });
  const { values, field, set } = form;
  const [chosen, setChosen] = useState('');
  const check = (): Faults => ({
    ...(values.vcenterName ? {} : { vcenterName: t`Choose a template of vCenter.` }),
    ...(values.name.trim() ? {} : { name: t`Enter a name that people understand.` }),
    ...(values.loginDe.trim() ? {} : { loginDe: t`Say in German how to log in.` }),
    ...(values.loginEn.trim() ? {} : { loginEn: t`Say in English how to log in.` }),
  });
  return (
    <Panel title={t`Offer template`}>
      <Form
        form={form}
        change={useChange(offerTemplate, [listTemplates])}
        check={check}
        input={() => ({
          vcenterId: chosen,
          vcenterName: values.vcenterName,
          name: values.name.trim(),
          guest: 'linux' as const, // Windows guests cannot be customised yet.
          loginText: { de: values.loginDe.trim(), en: values.loginEn.trim() },
        })}
        byCode={{ 'template.missing-in-vcenter': 'vcenterName' }}
        onDone={({ name }) => {
          announce(t`${name} is offered.`);
          onClose();
        }}
        submit={t`Offer template`}
        onLeave={onClose}
      >
        <FoundInVCenter
          kind="templates"
          vcenterId={chosen}
          value={values.vcenterName}
          offered={offered}
          fault={form.faults['vcenterName']}
          onVCenter={setChosen}
          onChange={(vcenterName) => set({ vcenterName })}
        />
        <InputField {...field('name')} label={t`Name`} help={t`What people choose by, such as Ubuntu 24.04 LTS.`} />
        <TextField
          {...field('loginDe')}
          label={t`How to log in, in German`}
          help={t`Stands at each VM of this template and in the mail about it.`}
          rows={3}
        />
        <TextField {...field('loginEn')} label={t`How to log in, in English`} rows={3} />
      </Form>
    </Panel>
  );
}

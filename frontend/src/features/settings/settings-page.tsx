import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useChange } from '../../api/query';
import { me, setPreferences } from '../../api/routes';
import { chooseDensity, densities, density } from '../../app/density';
import { oneLetterKeys } from '../../app/keys';
import { useHasRole, useMe } from '../../app/session';
import { chooseTheme, type ThemeChoice, themeChoice } from '../../app/theme';
import { Check, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { HoldTime } from '../../ui/hold-time';
import { Page, Section } from '../../ui/page';
import { useForm } from '../../ui/use-form';
import { clock } from '../../words/format';
import { type Language, speak } from '../../words/language';
import { deviceZone } from '../../words/time-zone';

/** Stands for the zone of whatever device the person looks at. */
const ofDevice = 'device';

/** What goes with the person first, then what is of this browser alone and needs no saving. */
export function SettingsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Settings`}>
      <Section title={t`Language and time`}>
        <Preferences />
      </Section>
      <Section title={t`On this device`}>
        <OnThisDevice />
      </Section>
    </Page>
  );
}

function Preferences() {
  const { t, i18n } = useLingui();
  const { timeZone } = useMe();
  const form = useForm({ language: i18n.locale as Language, timeZone: timeZone ?? ofDevice });
  const { values, field } = form;
  const [saved, setSaved] = useState(false);
  const device = deviceZone();
  const zones = Intl.supportedValuesOf('timeZone');
  const known = timeZone === null || zones.includes(timeZone) ? zones : [timeZone, ...zones];
  const there = values.timeZone === ofDevice ? device : values.timeZone;
  const now = clock(new Date().toISOString(), there);
  return (
    <>
      <Form
        form={form}
        change={useChange(setPreferences, [me])}
        check={() => ({})}
        input={() => ({
          language: values.language,
          timeZone: values.timeZone === ofDevice ? null : values.timeZone,
        })}
        onDone={async ({ language }) => {
          await speak(language);
          setSaved(true);
        }}
        submit={t`Save`}
      >
        <SelectField
          {...field('language')}
          label={t`Language`}
          help={t`Mails are written to you in it, too.`}
          options={[
            { id: 'de', name: 'Deutsch' },
            { id: 'en', name: 'English' },
          ]}
          onChange={(language) => form.set({ language: language as Language })}
        />
        <SelectField
          {...field('timeZone')}
          label={t`Time zone`}
          help={t`All times are told in it. There it is ${now} now.`}
          options={[
            { id: ofDevice, name: t`As this device: ${device}` },
            ...known.map((zone) => ({ id: zone, name: zone.replaceAll('_', ' ') })),
          ]}
        />
      </Form>
      <p role="status" className="mt-3 text-ok">
        {saved && !form.touched ? t`Settings saved.` : null}
      </p>
    </>
  );
}

function OnThisDevice() {
  const { t } = useLingui();
  const decides = useHasRole('approver', 'tenant-admin');
  const [theme, setTheme] = useState(themeChoice);
  const [rows, setRows] = useState(density);
  const [keys, setKeys] = useState(oneLetterKeys.on);
  return (
    <div className="max-w-[640px] space-y-5">
      <p className="text-muted-foreground">{t`These hold at once, and only in this browser.`}</p>
      <SelectField
        id="theme"
        label={t`Appearance`}
        value={theme}
        fault={undefined}
        options={[
          { id: 'system', name: t`As the system` },
          { id: 'light', name: t`Light` },
          { id: 'dark', name: t`Dark` },
        ]}
        onChange={(choice) => {
          chooseTheme(choice as ThemeChoice);
          setTheme(themeChoice());
        }}
      />
      <SelectField
        id="rows"
        label={t`Rows of tables`}
        value={rows ?? ''}
        fault={undefined}
        options={[
          { id: '', name: t`As suits the page` },
          { id: 'comfortable', name: t`Comfortable` },
          { id: 'compact', name: t`Dense` },
        ]}
        onChange={(choice) => {
          chooseDensity(densities.find((one) => one === choice));
          setRows(density());
        }}
      />
      <Check
        label={t`Use keys of one letter`}
        help={t`They never fire while you type in a field.`}
        checked={keys}
        onChange={(on) => {
          oneLetterKeys.on = on;
          setKeys(on);
        }}
      />
      {decides ? <HoldTime /> : null}
    </div>
  );
}

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useState } from 'react';
import { answerTo, useChange } from '../../api/query';
import type { Answered } from '../../api/route';
import { getBranding, me, previewColour, setBranding } from '../../api/routes';
import { useMe } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Field, wired } from '../../ui/field';
import { Form } from '../../ui/form';
import { Page } from '../../ui/page';
import { type Faults, useForm } from '../../ui/use-form';
import { useRested } from '../../ui/use-rested';

type Branding = Answered<typeof getBranding>;
type Preview = Answered<typeof previewColour>;

/** The tenant's colour and logo in the portal. */
export function BrandingPage() {
  const { t } = useLingui();
  const answer = useQuery(answerTo(getBranding, {}));
  return (
    <Page title={t`Branding`} facts={t`Everybody in this tenant sees the portal with this colour and logo.`}>
      <Asked answer={answer} lines={8}>
        {(branding) => <BrandingForm branding={branding} />}
      </Asked>
    </Page>
  );
}

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);
const mostBytes = 100_000;

/** Undefined: the logo stays as it is. Null: it goes. */
type ChosenLogo = { readonly url: string; readonly base64: string } | null | undefined;

function BrandingForm({ branding }: { branding: Branding }) {
  const { t } = useLingui();
  const form = useForm({ colour: branding.colour ?? '', logo: undefined as ChosenLogo });
  const { values, field, set } = form;
  const [saved, setSaved] = useState(false);
  const colour = values.colour.trim();
  const check = (): Faults =>
    colour === '' || isColour(colour) ? {} : { colour: t`Enter a colour as in #006699: # and six digits.` };
  const wire = { ...field('colour'), help: t`As in #006699. Empty: the colour of DVMM.` };
  return (
    <>
      <Form
        form={form}
        change={useChange(setBranding, [getBranding, me])}
        check={check}
        input={() => ({
          colour: colour || null,
          ...(values.logo === undefined ? {} : { logo: values.logo?.base64 ?? null }),
        })}
        byCode={{ 'branding.logo-unfit': 'logo' }}
        onDone={() => {
          set({ logo: undefined });
          form.settle();
          setSaved(true);
        }}
        submit={t`Save`}
      >
        <Field {...wire} label={t`Colour (optional)`}>
          <div className="flex gap-2">
            <input
              {...wired(wire)}
              type="text"
              autoComplete="off"
              spellCheck={false}
              maxLength={7}
              value={values.colour}
              onChange={(event) => set({ colour: event.target.value })}
            />
            <input
              type="color"
              aria-label={t`Choose the colour from a palette`}
              value={isColour(colour) ? colour : '#05618f'}
              onChange={(event) => set({ colour: event.target.value })}
              className="h-10 w-14 shrink-0 cursor-pointer rounded-control border border-input bg-card p-1 pointer-coarse:h-11"
            />
          </div>
        </Field>
        <ShownColours colour={isColour(colour) ? colour : undefined} />
        <LogoField branding={branding} form={form} />
      </Form>
      <p role="status" className="mt-3 text-ok">
        {saved && !form.touched ? t`Branding saved.` : null}
      </p>
    </>
  );
}

const corrections: Record<Preview['light']['corrections'][number], MessageDescriptor> = {
  'too-vivid': msg`Toned down: it was too vivid for large areas.`,
  'too-light': msg`Made darker: on a light page it was too pale to be read.`,
  'too-dark': msg`Made lighter: on a dark page it was too dark to be read.`,
};

/** What the server makes of the colour, beside each other, before anything is saved. */
function ShownColours({ colour }: { colour: string | undefined }) {
  const { t } = useLingui();
  const rested = useRested(colour ?? '', 300);
  const { data } = useQuery({
    ...answerTo(previewColour, { colour: rested }),
    enabled: rested !== '',
    placeholderData: (before) => before,
  });
  const shown = colour === undefined ? undefined : data;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ShownColour theme="light" name={t`Light`} shades={shown?.light} />
      <ShownColour theme="dark" name={t`Dark`} shades={shown?.dark} />
    </div>
  );
}

function ShownColour({
  theme,
  name,
  shades,
}: {
  theme: 'light' | 'dark';
  name: string;
  shades: Preview['light'] | undefined;
}) {
  const { t, i18n } = useLingui();
  const own = shades && {
    '--primary': shades.primary,
    '--primary-foreground': shades.foreground,
    '--primary-tint': shades.tint,
  };
  return (
    <section aria-label={name}>
      <div
        data-theme={theme}
        style={own as CSSProperties | undefined}
        className="space-y-3 rounded-panel border border-border bg-card p-4 text-foreground"
      >
        <p className="text-small text-muted-foreground">{name}</p>
        <p className="inline-block rounded-control bg-primary px-4 py-2 font-semibold text-primary-foreground">
          {t`Submit request`}
        </p>
        <p className="text-primary underline">{t`See all`}</p>
        <p className="border-l-[3px] border-primary bg-primary-tint px-3 py-2">{t`Machines`}</p>
      </div>
      {shades ? (
        <div className="mt-2 text-small">
          <p className="font-mono">{shades.primary}</p>
          {shades.corrections.length === 0 ? <p>{t`Shown as entered.`}</p> : null}
          {shades.corrections.map((why) => (
            <p key={why}>{i18n._(corrections[why])}</p>
          ))}
        </div>
      ) : null}
    </section>
  );
}

function LogoField({
  branding,
  form,
}: {
  branding: Branding;
  form: ReturnType<typeof useForm<{ colour: string; logo: ChosenLogo }>>;
}) {
  const { t } = useLingui();
  const { name } = useMe().tenant;
  const { logo } = form.values;
  const kept = branding.logo ? `/api/v1/branding/logo.png?v=${branding.logo.version}` : undefined;
  const url = logo === undefined ? kept : logo?.url;
  const take = async (file: File | undefined) => {
    if (!file) return;
    const chosen = file.type === 'image/png' && file.size <= mostBytes ? await dataUrlOf(file) : undefined;
    if (chosen) form.set({ logo: { url: chosen, base64: chosen.slice(chosen.indexOf(',') + 1) } });
    else form.setFaults({ ...form.faults, logo: t`Choose a PNG of at most 100 kB.` });
  };
  const wire = {
    id: 'logo',
    label: t`Logo (optional)`,
    help: t`PNG, at most 100 kB. It is shown 28 px high; twice that looks sharp on every screen.`,
    fault: form.faults['logo'],
  };
  return (
    <Field {...wire}>
      {url ? (
        <div className="mb-3 flex flex-wrap gap-4">
          {(['light', 'dark'] as const).map((theme) => (
            <p key={theme} data-theme={theme} className="rounded-control border border-border bg-card p-3">
              <img
                src={url}
                alt={theme === 'light' ? t`Logo of ${name}` : ''}
                className="h-7 max-w-60 object-contain"
              />
            </p>
          ))}
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        {/* The browser's own button speaks the browser's language, not the page's. */}
        <label className="relative inline-flex min-h-10 items-center rounded-control border border-input bg-card px-4 font-semibold hover:bg-accent has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring pointer-coarse:min-h-11">
          <input
            {...wired(wire)}
            type="file"
            accept="image/png"
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = ''; // The same file again is a choice, too.
            }}
            className="sr-only"
          />
          {t`Choose image`}
        </label>
        {url ? (
          <Button look="quiet" onClick={() => form.set({ logo: null })}>
            {t`Remove logo`}
          </Button>
        ) : null}
      </div>
    </Field>
  );
}

function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
}

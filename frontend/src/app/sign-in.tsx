import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Button } from '../ui/button';
import { speak } from '../words/language';

/** Who asks, one button, where it leads. There is no password of ours to remember. */
export function SignIn() {
  const { t, i18n } = useLingui();
  const title = t`Sign in`;
  useEffect(() => {
    document.title = `${title} · DVMM`;
  }, [title]);
  const returnTo = encodeURIComponent(location.pathname + location.search);
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 p-6">
      <div className="flex items-center gap-3">
        <img src="/mark.svg" alt="" width={40} height={40} />
        <h1 className="text-h1">DVMM</h1>
      </div>
      <p>{t`Ask for virtual machines, decide on requests, look after what you run.`}</p>
      <a
        href={`/auth/login?returnTo=${returnTo}`}
        className="inline-flex min-h-11 items-center justify-center rounded-control bg-primary px-4 font-semibold text-primary-foreground hover:bg-primary-hover"
      >
        {title}
      </a>
      <p className="text-muted-foreground">{t`You will be taken to your company's sign-in.`}</p>
      <div className="flex gap-2">
        {(['de', 'en'] as const).map((language) => (
          <Button
            key={language}
            look="quiet"
            lang={language}
            aria-pressed={i18n.locale === language}
            onClick={() => void speak(language)}
          >
            {language === 'de' ? 'Deutsch' : 'English'}
          </Button>
        ))}
      </div>
    </main>
  );
}

import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '../api/query';
import { me, setLanguage } from '../api/routes';
import { Button } from '../ui/button';
import { speak } from '../words/language';
import { useMe } from './session';
import { signOut } from './sign-out';

export function TopBar() {
  const { t } = useLingui();
  const { tenant } = useMe();
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b border-border bg-card px-4">
      <Link to="/" className="flex min-w-0 items-center gap-2 font-semibold">
        <img src="/mark.svg" alt="" width={24} height={24} />
        <span className="truncate">{tenant.name}</span>
      </Link>
      <div className="ml-auto flex items-center gap-1">
        <LanguageSwitch />
        <ThemeSwitch />
        <PersonMenu label={t`Account`} />
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const { i18n } = useLingui();
  const remember = useChange(setLanguage, [me]);
  const other = i18n.locale === 'de' ? 'en' : 'de';
  const choose = async () => {
    await speak(other);
    remember.mutate({ language: other }); // Mails are written in it, too.
  };
  return (
    <Button look="quiet" onClick={() => void choose()} lang={other} className="px-2">
      {other === 'de' ? 'Deutsch' : 'English'}
    </Button>
  );
}

function ThemeSwitch() {
  const { t } = useLingui();
  const [theme, setTheme] = useState(document.documentElement.dataset['theme']);
  const choose = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    localStorage.setItem('theme', next);
    setTheme(next);
  };
  const Icon = theme === 'dark' ? Sun : Moon;
  const name = theme === 'dark' ? t`Light appearance` : t`Dark appearance`;
  return (
    <Button look="quiet" onClick={choose} aria-label={name} title={name} className="px-2">
      <Icon aria-hidden size={20} strokeWidth={1.75} />
    </Button>
  );
}

function PersonMenu({ label }: { label: string }) {
  const { t } = useLingui();
  const { person } = useMe();
  return (
    <>
      <button
        type="button"
        popoverTarget="person-menu"
        aria-label={`${label}: ${person.name ?? ''}`}
        className="min-h-10 max-w-48 truncate rounded-control px-3 hover:bg-accent max-sm:max-w-28"
      >
        {person.name}
      </button>
      <div
        id="person-menu"
        popover="auto"
        className="fixed inset-auto top-12 right-2 rounded-panel border border-border bg-popover p-2 text-foreground shadow-floating"
      >
        <Button look="quiet" onClick={() => void signOut()}>
          {t`Sign out`}
        </Button>
      </div>
    </>
  );
}

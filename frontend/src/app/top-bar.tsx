import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Moon, Search, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useChange } from '../api/query';
import { me, setPreferences } from '../api/routes';
import { Button } from '../ui/button';
import { speak } from '../words/language';
import { Bell } from './bell';
import { useFirstSteps } from './first-steps';
import { useMe } from './session';
import { signOut } from './sign-out';
import { chooseTheme, currentTheme, onTheme } from './theme';

const widestLogo = 140;

export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const { t } = useLingui();
  const { tenant } = useMe();
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b border-border bg-card px-4 print:hidden">
      <Link to="/" className="flex min-w-0 items-center gap-2 font-semibold">
        <Mark />
        <span className="truncate">{tenant.name}</span>
      </Link>
      <button
        type="button"
        onClick={onSearch}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title={t`Search or jump`}
        className="ml-auto flex min-h-9 items-center gap-2 rounded-control border border-input px-3 text-small text-muted-foreground hover:bg-accent md:mx-auto md:w-80"
      >
        <Search aria-hidden size={16} />
        <span className="max-md:sr-only">{t`Search or jump …`}</span>
        <span aria-hidden="true" className="ml-auto text-caption max-md:hidden">
          {t`Ctrl`} K
        </span>
      </button>
      <div className="flex items-center gap-1">
        <Bell />
        <div className="flex max-sm:hidden">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <PersonMenu label={t`Account`} onKeys={onKeys} />
      </div>
    </header>
  );
}

/** The tenant's logo, 28 px high; its room is kept before it comes. One that is very wide is made smaller. */
function Mark() {
  const { logo } = useMe().tenant.brand;
  if (!logo) return <img src="/mark.svg" alt="" width={24} height={24} />;
  const width = Math.min(widestLogo, Math.round((28 * logo.width) / logo.height));
  return (
    <img
      src={`/api/v1/branding/logo.png?v=${logo.version}`}
      alt=""
      width={width}
      height={28}
      style={{ width }}
      className="h-7 shrink-0 object-contain"
    />
  );
}

function LanguageSwitch() {
  const { i18n } = useLingui();
  const remember = useChange(setPreferences, [me]);
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
  const theme = useSyncExternalStore(onTheme, currentTheme);
  const Icon = theme === 'dark' ? Sun : Moon;
  const name = theme === 'dark' ? t`Light appearance` : t`Dark appearance`;
  return (
    <Button
      look="quiet"
      onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}
      aria-label={name}
      title={name}
      className="px-2"
    >
      <Icon aria-hidden size={20} />
    </Button>
  );
}

function PersonMenu({ label, onKeys }: { label: string; onKeys: () => void }) {
  const { t } = useLingui();
  const { person } = useMe();
  const firstSteps = useFirstSteps();
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
        <div className="flex justify-between sm:hidden">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <Link
          to="/settings"
          onClick={(event) => event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
          className="flex min-h-10 items-center rounded-control px-4 font-semibold text-primary hover:bg-accent pointer-coarse:min-h-11"
        >
          {t`Settings`}
        </Link>
        <Button
          look="quiet"
          className="w-full justify-start"
          onClick={(event) => {
            event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
            firstSteps();
          }}
        >
          {t`First steps`}
        </Button>
        <Button
          look="quiet"
          className="w-full justify-start"
          onClick={(event) => {
            event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
            onKeys();
          }}
        >
          {t`Keyboard shortcuts`}
        </Button>
        <Button look="quiet" className="w-full justify-start" onClick={() => void signOut()}>
          {t`Sign out`}
        </Button>
      </div>
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askAgain } from '../api/query';
import { me } from '../api/routes';

/** Two minutes to say that one is still there (WCAG 2.2.1 asks for twenty seconds). */
const warnedBeforeMs = 120_000;

/**
 * When the session ends unless somebody does something; undefined while that is more than two minutes away. The server
 * is only asked when the end it last named comes near: every action moves it, and asking itself does not.
 */
export function useSessionEnd(): { endsAt: string | undefined; stay: () => void } {
  const client = useQueryClient();
  const [endsAt, setEndsAt] = useState<string>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const look = async () => {
      clearTimeout(timer);
      const end = await namedEnd();
      if (left) return;
      if (!end) return setEndsAt(undefined); // Offline or signed out: others say so.
      const untilWarning = new Date(end).getTime() - Date.now() - warnedBeforeMs;
      setEndsAt(untilWarning <= 0 ? end : undefined);
      // Once warned, somebody may still be at work in another tab.
      timer = setTimeout(() => void look(), Math.max(untilWarning, 20_000));
    };
    void look();
    const onSeen = () => {
      if (!document.hidden) void look();
    };
    document.addEventListener('visibilitychange', onSeen);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onSeen);
    };
  }, [asked]);
  const stay = () => void askAgain(client, me).then(() => setAsked((times) => times + 1));
  return { endsAt, stay };
}

async function namedEnd(): Promise<string | undefined> {
  const response = await fetch('/auth/session', { headers: { accept: 'application/json' } }).catch(() => undefined);
  if (!response?.ok) return undefined;
  const { endsAt } = (await response.json()) as { endsAt?: string };
  return endsAt;
}

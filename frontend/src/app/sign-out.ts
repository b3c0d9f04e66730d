import { sendHeld } from '../api/held-changes';

/** Ends the session here and, where the provider has such a page, there. */
export async function signOut(): Promise<void> {
  await sendHeld(); // Afterwards nobody could send it any more.
  const response = await fetch('/auth/logout', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'dvmm' },
    body: '{}',
  });
  const { continueAt } = (await response.json().catch(() => ({}))) as { continueAt?: string | null };
  location.assign(continueAt ?? '/');
}

import { call } from './call';
import { answerTo, queryClient } from './query';
import { me } from './routes';

const channel = 'signed-in';

/** Opens the sign-in beside this page, so that nothing on it is lost. To be called on a click, else the browser refuses. */
export function openSignIn(): void {
  open('/auth/login?returnTo=/signed-in', 'sign-in', 'popup,width=520,height=720');
}

/** Tells the person's other windows that there is a session again. */
export function tellSignedIn(): void {
  new BroadcastChannel(channel).postMessage(null);
}

/** Listens for a sign-in in another window of this browser. @returns how to stop */
export function onSignedIn(listener: () => void): () => void {
  const heard = new BroadcastChannel(channel);
  heard.onmessage = listener;
  return () => heard.close();
}

/** Whether the session is the same person's as before. Another one gets a fresh page: what stands on this one is not hers. */
export async function samePerson(): Promise<boolean> {
  const { queryKey } = answerTo(me, {});
  const before = queryClient.getQueryData(queryKey);
  const now = await call(me, {});
  if (before && (before.person.id !== now.person.id || before.tenant.id !== now.tenant.id)) {
    location.assign('/');
    return false;
  }
  queryClient.setQueryData(queryKey, now);
  return true;
}

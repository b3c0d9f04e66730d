import type { QueryClient } from '@tanstack/react-query';
import { askByItself } from './by-itself';
import * as routes from './routes';
import { onSignedIn } from './signed-in';

/** What may look different after a hint on a thing of this kind. */
const touchedBy: Record<string, readonly (typeof routes)[keyof typeof routes][]> = {
  request: [routes.listRequests, routes.getRequest, routes.listQuota, routes.listDecisions, routes.reviewDecisions],
  approval: [routes.listApprovals, routes.listOwnDecisions, routes.reviewProject, routes.getRequest],
  vm: [routes.listVms, routes.getVm, routes.reportMachines],
  notification: [routes.listNotifications],
  run: [routes.listRuns],
  vcenter: [routes.awayVCenters, routes.listVCenters, routes.listTemplates, routes.listNetworks],
};

export type LiveState = 'listening' | 'lost' | 'ended';

/**
 * Listens for hints that something changed and asks again for what is shown. Hints carry no data: a lost one costs a
 * question, never a fact. A hidden tab hangs up, and asks for everything anew once it is seen.
 */
export function listenLive(client: QueryClient, onState: (state: LiveState) => void): () => void {
  let stream: EventSource | undefined;
  const open = () => {
    stream = new EventSource('/api/v1/live');
    stream.addEventListener('listening', () => onState('listening'));
    stream.addEventListener('resync', () => {
      onState('listening');
      void askByItself(client);
    });
    stream.addEventListener('change', (event: MessageEvent<string>) => {
      const { kind } = JSON.parse(event.data) as { kind: string };
      for (const { path } of touchedBy[kind] ?? []) void askByItself(client, { queryKey: [path] });
    });
    stream.addEventListener('ended', () => {
      close();
      onState('ended');
      void askByItself(client);
    });
    stream.onerror = () => onState('lost'); // The browser tries again by itself, with the last position.
  };
  const close = () => {
    stream?.close();
    stream = undefined;
  };
  const onVisibility = () => {
    if (document.hidden) close();
    else if (!stream) {
      open();
      void client.invalidateQueries(); // Somebody looks at it.
    }
  };
  document.addEventListener('visibilitychange', onVisibility);
  const deafen = onSignedIn(onVisibility);
  if (!document.hidden) open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    deafen();
    close();
  };
}

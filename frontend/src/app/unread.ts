import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askByItself } from '../api/by-itself';
import { call } from '../api/call';
import { answerTo } from '../api/query';
import { listNotifications, readNotifications } from '../api/routes';

/** How much was written to me that I have not seen: asked once, then told by the live stream. */
export function useUnread(): number {
  return useQuery(answerTo(listNotifications, { limit: 1 })).data?.unread ?? 0;
}

/**
 * What was written to me about a request is read once I look at it, however I came here. The page does that by itself: one
 * left open must not keep its session awake. Should it fail, the lines stay unread.
 */
export function useReadWhenShown(requestId: string): void {
  const unread = useUnread();
  const client = useQueryClient();
  useEffect(() => {
    if (unread === 0) return;
    call(readNotifications, { requestId }, { byItself: true }).then(
      () => askByItself(client, { queryKey: [listNotifications.path] }),
      () => undefined,
    );
  }, [unread, requestId, client]);
}

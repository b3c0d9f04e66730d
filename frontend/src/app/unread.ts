import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerTo, useChange } from '../api/query';
import { listNotifications, readNotifications } from '../api/routes';

/** How much was written to me that I have not seen: asked once, then told by the live stream. */
export function useUnread(): number {
  return useQuery(answerTo(listNotifications, { limit: 1 })).data?.unread ?? 0;
}

/** What was written to me about a request is read once I look at it, however I came here. */
export function useReadWhenShown(requestId: string): void {
  const unread = useUnread();
  const { mutate } = useChange(readNotifications, [listNotifications]);
  useEffect(() => {
    if (unread > 0) mutate({ requestId });
  }, [unread, requestId, mutate]);
}

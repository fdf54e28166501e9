import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { HomeEvents } from '../api/HomeEvents';
import { isOld } from '../api/keys';
import { ConnectionContext } from './useConnection';

/** Listens to the changes of the home, and makes the data that they concern be read again. */
export function ConnectionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [events] = useState(
    () =>
      new HomeEvents({
        onChanged: (change) => void client.invalidateQueries({ predicate: ({ queryKey }) => isOld(change, queryKey) }),
        onOpen: () => void client.invalidateQueries(),
      }),
  );
  useEffect(() => events.start(), [events]);
  const connection = useSyncExternalStore(events.subscribe, events.current);
  const value = useMemo(() => ({ connection, retryNow: events.retryNow }), [connection, events]);
  return <ConnectionContext value={value}>{children}</ConnectionContext>;
}

import { createContext, use } from 'react';
import type { Connection } from '../api/HomeEvents';

export const ConnectionContext = createContext<{ connection: Connection; retryNow: () => void }>({
  connection: 'online',
  retryNow: () => undefined,
});

export const useConnection = () => use(ConnectionContext);

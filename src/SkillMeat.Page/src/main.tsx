import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import * as Tooltip from '@radix-ui/react-tooltip';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/ApiProblem';
import { App } from './App';
import './index.css';
import { JobsProvider } from './jobs/JobsProvider';
import { Toasts } from './ui/Toasts';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Changes are told by the events of the service; asking again is for what those can't tell.
      staleTime: 60_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiProblem && (error.isUnreachable || error.status >= 500),
      retryDelay: (attempt) => Math.min(4000, 400 * 2 ** attempt),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Tooltip.Provider delayDuration={350}>
          <Toasts>
            <JobsProvider>
              <App />
            </JobsProvider>
          </Toasts>
        </Tooltip.Provider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

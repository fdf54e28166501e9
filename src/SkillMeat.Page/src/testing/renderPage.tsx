import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import * as Tooltip from '@radix-ui/react-tooltip';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { makeApi, type MockApi } from '../../dev/api.mjs';
import { JobsProvider } from '../jobs/JobsProvider';
import { Toasts } from '../ui/Toasts';
import { MockEvents } from './MockEvents';

export interface Sent {
  method: string;
  path: string;
  body: unknown;
  /** The header If-Match. */
  version: string | undefined;
}

/** Renders with everything around it that the page has, over the stand-in for the service. */
export function renderPage(
  content: ReactNode,
  {
    path = '/',
    prepare,
    ...options
  }: { path?: string; prepare?: (api: MockApi) => void; isEmpty?: boolean; size?: number; pace?: number } = {},
) {
  const api: MockApi = makeApi({ pace: 5, ...options });
  prepare?.(api);
  const sent: Sent[] = [];
  window.history.replaceState(null, '', path);
  vi.stubGlobal('EventSource', MockEvents.over(api));
  vi.stubGlobal(
    'fetch',
    (
      address: string,
      { method = 'GET', body, headers = {} }: { method?: string; body?: string; headers?: Record<string, string> } = {},
    ) => {
      const parsed: unknown = body === undefined ? undefined : JSON.parse(body);
      sent.push({ method, path: address.replace('/api/v1', ''), body: parsed, version: headers['if-match'] });
      const answer = api.handle(method, address, parsed);
      return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status, headers: { etag: '"1"' } }));
    },
  );
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const view = render(
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        <Toasts>
          <JobsProvider>{content}</JobsProvider>
        </Toasts>
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
  return { ...view, api, sent, client, user: userEvent.setup() };
}

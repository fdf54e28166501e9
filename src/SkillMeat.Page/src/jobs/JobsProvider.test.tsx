import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { MockApi } from '../../dev/api.mjs';
import { renderPage } from '../testing/renderPage';
import { JobTray } from './JobTray';

const start = (api: MockApi): unknown => api.handle('POST', '/api/v1/collections/work/refresh?mode=check', {});
const bar = { name: 'Refresh check' };

it('follows work that was begun before the page was loaded again, and tells its end', async () => {
  renderPage(<JobTray />, { prepare: start, pace: 60 });
  expect(await screen.findByRole('progressbar', bar)).toBeInTheDocument();
  expect(await screen.findByText('Refresh check: done')).toBeInTheDocument();
  expect(screen.queryByRole('progressbar')).toBeNull();
});

it('tells the failure of such work', async () => {
  const { api } = renderPage(<JobTray />, { prepare: start, pace: 60 });
  await screen.findByRole('progressbar', bar);
  const handle = api.handle.bind(api);
  api.handle = (method, address, body) => {
    const answer = handle(method, address, body);
    const failed = { state: 'failed', finished_at: 'now', problem: { status: 503, detail: 'The disk is full.' } };
    return method === 'GET' && address.includes('/jobs/') ? { ...answer, body: { ...(answer.body as object), ...failed } } : answer;
  };
  expect(await screen.findByText('Refresh check: failed')).toBeInTheDocument();
  expect(screen.getByText('The disk is full.')).toBeInTheDocument();
});

it('shows work of another page that lasts', async () => {
  const { api, sent } = renderPage(<JobTray />, { pace: 200 });
  const looks = (): number => sent.filter((one) => one.path.startsWith('/jobs?')).length;
  await waitFor(() => expect(looks()).toBe(1));
  start(api);
  window.dispatchEvent(new Event('focus'));
  await waitFor(() => expect(looks()).toBe(2));
  expect(screen.queryByRole('progressbar')).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 50));
  window.dispatchEvent(new Event('focus'));
  expect(await screen.findByRole('progressbar', bar)).toBeInTheDocument();
});

it('announces the begin and the end of work, and no step of it', async () => {
  const { api } = renderPage(<JobTray />, { prepare: start, pace: 60 });
  await screen.findByRole('progressbar', bar);
  const section = screen.getByRole('region', { name: 'Running work' });
  expect(section).not.toHaveAttribute('aria-live');
  expect(section.querySelector('[role=status], [aria-live]')).toBeNull();
  expect(screen.getByText('Running: Refresh check')).toHaveAttribute('role', 'status');
  expect(await screen.findByText('The work has ended.')).toHaveAttribute('role', 'status');
  expect(api.home.collections.length).toBeGreaterThan(0);
});

it('names a state where a job has an empty text', async () => {
  const { api } = renderPage(<JobTray />, { prepare: start, pace: 60 });
  const handle = api.handle.bind(api);
  api.handle = (method, address, body) => {
    const answer = handle(method, address, body);
    const progress = { done: 0, total: 0, text: '' };
    return method === 'GET' && address.includes('/jobs/') ? { ...answer, body: { ...(answer.body as object), progress } } : answer;
  };
  expect(await screen.findByText('Working')).toBeInTheDocument();
});

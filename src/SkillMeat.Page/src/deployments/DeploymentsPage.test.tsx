import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { DeploymentsPage } from './DeploymentsPage';

it('notices an edit in a project without an event, as files of projects are not watched', async () => {
  const { api } = renderPage(<DeploymentsPage />, { path: '/deployments' });
  const edited = async (): Promise<number> =>
    Number(
      (
        await within(await screen.findByRole('list', { name: 'States' })).findByRole('button', { name: /Edited in project/ })
      ).textContent.replace(/\D/g, ''),
    );
  const before = await edited();
  const copy = api.home.deployments.find((one) => one.state === 'in_sync');
  if (copy) copy.state = 'modified';
  const start = performance.now();
  await waitFor(async () => expect(await edited()).toBe(before + 1), { interval: 20 });
  // A loaded machine is slow.
  expect(performance.now() - start).toBeLessThan(10_000);
});

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

it('keeps the filters and the order in the address', async () => {
  const { user, sent } = renderPage(<DeploymentsPage />, { path: '/deployments?type=skill' });
  expect(await screen.findByRole('combobox', { name: 'Type' })).toHaveValue('skill');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'By name');
  await waitFor(() => expect(window.location.search).toBe('?type=skill&sort=name'));
  await waitFor(() => expect(sent.some((one) => one.path.includes('/deployments?type=skill&sort=name'))).toBe(true));
  expect(await screen.findByText(/cop(y fits|ies fit) the filters/)).toBeInTheDocument();
  // No head says the project.
  await waitFor(() => expect(screen.queryByRole('heading', { level: 2 })).toBeNull());
  const [row] = within(screen.getByRole('list', { name: 'Deployments' })).getAllByRole('listitem');
  expect(row).toHaveTextContent(/storefront|-api|-app|-platform|-site|infra|-system/);
});

it('shows a project without copies, which can be forgotten, and the problems of projects', async () => {
  const { user, sent } = renderPage(<DeploymentsPage />, {
    path: '/deployments',
    prepare: (api) => {
      api.home.deployments = [];
      api.home.problems = { '/home/ada/src/infra': 'The record cannot be read.' };
    },
  });
  expect(await screen.findByText('Nothing is deployed yet')).toBeInTheDocument();
  expect(within(screen.getByRole('region', { name: 'Problems' })).getByText(/The record cannot be read/)).toBeInTheDocument();
  expect(await screen.findByRole('checkbox', { name: 'Select everything in billing-api' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Actions for billing-api' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Forget the project' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Forget' }));
  await waitFor(() => expect(sent.some((one) => one.method === 'DELETE' && one.path === '/projects/billing-api')).toBe(true));
});

it('acts on no selected copy that the filters hide', async () => {
  const { user, sent, api } = renderPage(<DeploymentsPage />, { path: '/deployments?sort=name' });
  const boxes = async (): Promise<HTMLElement[]> =>
    within(await screen.findByRole('list', { name: 'Deployments' })).getAllByRole('checkbox', { name: /^Select / });
  for (const box of (await boxes()).slice(0, 3)) await user.click(box);
  expect(await screen.findByText('3 selected')).toBeInTheDocument();
  const shown = (await boxes())[0]?.getAttribute('aria-label')?.replace('Select ', '');
  api.home.deployments = api.home.deployments.filter((one) => one.artifact_id === shown);
  expect(await screen.findByText(/more not shown, left alone/, {}, { timeout: 5000 })).toBeInTheDocument();
  await user.click(within(screen.getByRole('toolbar', { name: 'Selected copies' })).getByRole('button', { name: 'To the project' }));
  await waitFor(() => expect(sent.some((one) => one.path === '/sync')).toBe(true));
  const asked = sent.filter((one) => one.path === '/sync').flatMap((one) => (one.body as { artifacts: string[] }).artifacts);
  expect(new Set(asked)).toEqual(new Set([shown]));
});

it('counts the copies whose artifacts have an update upstream, and shows them alone', async () => {
  const { user, sent } = renderPage(<DeploymentsPage />, { path: '/deployments' });
  const tile = await screen.findByRole('button', { name: /Updates upstream/ });
  const number = Number(tile.textContent.replace(/\D/g, ''));
  expect(number).toBeGreaterThan(0);
  await user.click(tile);
  await waitFor(() => expect(window.location.search).toBe('?update=true'));
  await waitFor(() => expect(sent.some((one) => one.path.includes('/deployments?update=true'))).toBe(true));
  expect(await screen.findByText(number === 1 ? '1 copy fits the filters' : `${number} copies fit the filters`)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /Updates upstream/ })).toHaveAttribute('aria-pressed', 'true');
  await user.click(screen.getByRole('button', { name: /Updates upstream/ }));
  await waitFor(() => expect(window.location.search).toBe(''));
});

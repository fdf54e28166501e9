import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { PreferencesPanel } from './PreferencesPanel';

const puts = (sent: ReturnType<typeof renderPage>['sent']) => sent.filter((one) => one.method === 'PUT');

it('saves only what was edited, with the version that was read', async () => {
  const { user, sent, api } = renderPage(<PreferencesPanel />);
  const snapshots = await screen.findByRole('textbox', { name: 'Automatic snapshots to keep' });
  expect(snapshots).toHaveValue('');
  expect(screen.getByText(/Empty for the default, 20/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.type(snapshots, '-1');
  expect(screen.getByText('Type a whole number, 0 or more.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.clear(snapshots);
  await user.type(snapshots, '5');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Updates of edited artifacts' }), 'keep-local');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull());
  expect(puts(sent)).toMatchObject([
    { path: '/settings', body: { update_strategy: 'keep-local', keep_automatic_snapshots: 5 }, version: '"1"' },
  ]);
  expect(api.home.settings.marketplace_hours).toBeNull();
  expect(snapshots).toHaveValue('5');
});

it('keeps what was typed where the settings were changed elsewhere, and saves over them only after it told so', async () => {
  const { user, sent, api } = renderPage(<PreferencesPanel />);
  const hours = await screen.findByRole('textbox', { name: 'Hours between fetches of a marketplace' });
  await user.type(hours, '6');
  api.home.settings = { ...api.home.settings, marketplace_hours: 48, keep_automatic_snapshots: 3 };
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/changed elsewhere/)).toBeInTheDocument();
  expect(puts(sent)).toEqual([]);
  expect(hours).toHaveValue('6');
  expect(screen.getByRole('textbox', { name: 'Automatic snapshots to keep' })).toHaveValue('3');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(puts(sent)).toMatchObject([{ body: { marketplace_hours: 6 } }]));
  expect(api.home.settings.keep_automatic_snapshots).toBe(3);
});

it('keeps what was typed where the service refuses it', async () => {
  const { user, api } = renderPage(<PreferencesPanel />);
  const handle = api.handle.bind(api);
  api.handle = (method, ...rest) =>
    method === 'PUT' ? { status: 423, body: { detail: 'Another process is busy.' } } : handle(method, ...rest);
  const hours = await screen.findByRole('textbox', { name: 'Hours between fetches of a marketplace' });
  await user.type(hours, '6{Enter}');
  expect(await screen.findByText('Another process is busy.')).toBeInTheDocument();
  expect(hours).toHaveValue('6');
});

it('puts settings back to their defaults', async () => {
  const { user, sent, api } = renderPage(<PreferencesPanel />, {
    prepare: (one) => {
      one.home.settings = { ...one.home.settings, update_strategy: 'keep-local', keep_automatic_snapshots: 5, marketplace_hours: 6 };
    },
  });
  await user.clear(await screen.findByRole('textbox', { name: 'Automatic snapshots to keep' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Updates of edited artifacts' }), 'Default (merge)');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(puts(sent)).toMatchObject([{ body: { update_strategy: null, keep_automatic_snapshots: null } }]));
  expect(api.home.settings.marketplace_hours).toBe(6);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull());
  expect(screen.getByRole('textbox', { name: 'Automatic snapshots to keep' })).toHaveValue('');
});

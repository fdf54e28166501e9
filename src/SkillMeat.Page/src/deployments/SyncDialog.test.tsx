import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Deployment } from '../api/types';
import { renderPage, type Sent } from '../testing/renderPage';
import { DriftDialog } from './DriftDialog';
import { SyncDialog } from './SyncDialog';

const syncs = (sent: Sent[]): unknown[] => sent.filter((one) => one.path === '/sync').map((one) => one.body);

// The service calls the way from the project to the collection "push", and the opposite one "pull".
it.each([
  ['To the collection', 'push', 'To the project'],
  ['To the project', 'pull', 'To the collection'],
])('goes %s, which is %s', async (label, direction, other) => {
  const { user, sent } = renderPage(<SyncDialog onClose={() => undefined} />);
  await user.click(screen.getByRole('radio', { name: label }));
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  const preview = await screen.findByRole('list', { name: 'Preview' });
  expect(within(preview).getAllByText(label).length).toBeGreaterThan(0);
  expect(within(preview).queryByText(other)).toBeNull();
  await user.click(screen.getByRole('button', { name: /^Sync \d/ }));
  await waitFor(() => expect(syncs(sent)).toHaveLength(2));
  expect(syncs(sent)).toEqual([
    { direction, strategy: 'merge', dry_run: true },
    { direction, strategy: 'merge' },
  ]);
});

it.each([
  ['To the collection', 'push'],
  ['To the project', 'pull'],
  ['Sync', 'both'],
])('settles the drift of one copy: %s', async (label, direction) => {
  const copy: Deployment = {
    artifact_id: 'skill:pdf',
    project: '/home/ada/src/infra',
    profile: 'codex',
    state: 'modified',
    deployed_at: null,
    version: null,
    collection: 'work',
    path: '/home/ada/src/infra/.codex/skills/pdf',
    is_user_scope: false,
  };
  const { user, sent } = renderPage(<DriftDialog deployment={copy} onClose={() => undefined} />);
  await user.click(await screen.findByRole('button', { name: label }));
  await waitFor(() => expect(syncs(sent)).toHaveLength(1));
  expect(syncs(sent)[0]).toEqual({
    direction,
    projects: ['/home/ada/src/infra'],
    artifacts: ['skill:pdf'],
    profile: 'codex',
    collection: 'work',
  });
});

it('overwrites only in one direction, which the service asks for', async () => {
  const { user, sent } = renderPage(<SyncDialog onClose={() => undefined} />);
  const strategy = screen.getByRole('combobox', { name: 'Where both sides differ' });
  expect(within(strategy).queryByRole('option', { name: /^Overwrite/ })).toBeNull();
  await user.click(screen.getByRole('radio', { name: 'To the project' }));
  await user.selectOptions(strategy, 'overwrite');
  await user.click(screen.getByRole('radio', { name: 'Both ways' }));
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  await waitFor(() => expect(syncs(sent)).toEqual([{ direction: 'both', strategy: 'merge', dry_run: true }]));
});

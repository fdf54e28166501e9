import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
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

it('syncs the user’s own folders, and one profile alone', async () => {
  const own = {
    artifact_id: 'skill:own',
    project: '/home/ada',
    profile: 'codex',
    collection: 'default',
    state: 'conflict',
    is_user_scope: true,
  };
  const { user, sent } = renderPage(<SyncDialog onClose={() => undefined} />, { prepare: (one) => one.home.deployments.push(own) });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'My own folders');
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Profile' }), 'codex');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  const [row, ...others] = within(await screen.findByRole('list', { name: 'Preview' })).getAllByRole('listitem');
  expect(others).toEqual([]);
  expect(row).toHaveTextContent('skill:own in My own folders');
  expect(syncs(sent)).toEqual([{ direction: 'both', strategy: 'merge', projects: ['~'], profile: 'codex', dry_run: true }]);
  await user.click(screen.getByRole('button', { name: 'Resolve skill:own' }));
  expect(await screen.findByText(/the copy in My own folders \(codex\)/)).toBeInTheDocument();
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

it.each([
  ['To the project', 'pull', 'outdated', 'Replace 2 copies in the projects?'],
  ['To the collection', 'push', 'modified', 'Replace 1 artifact in the collection?'],
])('overwrites %s only after a preview of just this choice and a question', async (label, direction, state, question) => {
  const { user, sent } = renderPage(<SyncDialog onClose={() => undefined} />, {
    prepare: (one) => {
      one.home.deployments = one.home.deployments.slice(0, 3);
      const twin = { artifact_id: 'skill:pdf', collection: 'default', state };
      one.home.deployments.forEach((copy, index) => Object.assign(copy, index < 2 ? twin : { state: 'in_sync' }));
    },
  });
  const overwrite = async (): Promise<void> => {
    await user.selectOptions(screen.getByRole('combobox', { name: 'Where both sides differ' }), 'overwrite');
  };
  await user.click(screen.getByRole('radio', { name: label }));
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  await screen.findByRole('list', { name: 'Preview' });
  // The preview of a merge is none of this.
  await overwrite();
  expect(screen.getByRole('button', { name: 'Sync' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  await user.click(await screen.findByRole('button', { name: 'Sync 2 copies' }));
  const asked = await screen.findByRole('alertdialog', { name: question });
  expect(syncs(sent)).toHaveLength(2);
  await user.click(within(asked).getByRole('button', { name: 'Overwrite' }));
  await waitFor(() => expect(syncs(sent)).toHaveLength(3));
  expect(syncs(sent)[2]).toEqual({ direction, strategy: 'overwrite' });
});

it.each([
  ['Take the project’s', 'project'],
  ['Take the collection’s', 'collection'],
])('offers for a copy in conflict to %s', async (label, side) => {
  const onClose = vi.fn();
  const { user, sent, api } = renderPage(<SyncDialog onClose={onClose} />, {
    prepare: (one) => {
      one.home.deployments = one.home.deployments.slice(0, 2);
      Object.assign(one.home.deployments[0] ?? {}, { state: 'conflict' });
      Object.assign(one.home.deployments[1] ?? {}, { state: 'in_sync' });
    },
  });
  const copy = api.home.deployments[0];
  await user.click(screen.getByRole('button', { name: 'Sync' }));
  await user.click(await screen.findByRole('button', { name: /^Resolve / }));
  expect(onClose).not.toHaveBeenCalled();
  await user.click(await screen.findByRole('button', { name: label }));
  const question = await screen.findByRole('alertdialog');
  expect(question).toHaveTextContent(/snapshot first/);
  expect(syncs(sent)).toHaveLength(1);
  await user.click(within(question).getByRole('button', { name: label }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(syncs(sent)[1]).toEqual({
    direction: 'both',
    resolve_with: side,
    projects: [copy?.project],
    artifacts: [copy?.artifact_id],
    profile: expect.any(String) as unknown,
    collection: copy?.collection,
  });
});

const unsettled = 'Its files are gone in the project, and it changed in the collection. Pull it, or undeploy it.';

it('tells why of a conflict that no side settles, and offers none', async () => {
  const { user } = renderPage(<SyncDialog onClose={() => undefined} />, {
    prepare: (one) => {
      one.home.deployments = one.home.deployments.slice(0, 1);
      Object.assign(one.home.deployments[0] ?? {}, { state: 'conflict', unsettled });
    },
  });
  await user.click(screen.getByRole('button', { name: 'Sync' }));
  const list = await screen.findByRole('list', { name: 'In conflict' });
  expect(list).toHaveTextContent(unsettled);
  expect(within(list).queryByRole('button')).toBeNull();
});

it('tells in the drift of a copy why no side settles it', async () => {
  const copy: Deployment = {
    artifact_id: 'skill:pdf',
    project: '/home/ada/src/infra',
    profile: 'codex',
    state: 'removed',
    deployed_at: null,
    version: null,
    collection: 'default',
    path: '/home/ada/src/infra/.codex/skills/pdf',
    is_user_scope: false,
  };
  const { user } = renderPage(<DriftDialog deployment={copy} onClose={() => undefined} />, {
    prepare: (one) => {
      one.home.deployments = [Object.assign({ ...copy, collection: 'default', state: 'conflict' }, { unsettled })];
    },
  });
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Sync' }));
  expect(await within(dialog).findByText(unsettled)).toBeInTheDocument();
  expect(within(dialog).queryByRole('button', { name: 'Take the project’s' })).toBeNull();
});

it('adopts a copy that the collection does not know, after a preview', async () => {
  const onClose = vi.fn();
  const copy = {
    artifact_id: 'skill:own',
    project: '/home/ada/src/app',
    profile: 'claude_code',
    collection: null,
    state: 'added',
    is_user_scope: false,
  } as const;
  const { user, sent } = renderPage(<DriftDialog deployment={copy} onClose={onClose} />, {
    prepare: (one) => one.home.deployments.push({ ...copy, collection: '', path: '/home/ada/src/app/.claude/skills/own' }),
  });
  const bodies = (): unknown[] => sent.filter((one) => one.path === '/adopt').map((one) => one.body);
  await screen.findByText('Comes into the collection');
  const body = { projects: [copy.project], artifacts: ['skill:own'], profile: 'claude_code', collection: 'default' };
  expect(bodies()).toEqual([{ ...body, dry_run: true }]);
  await user.click(screen.getByRole('button', { name: 'Adopt' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bodies()[1]).toEqual(body);
});

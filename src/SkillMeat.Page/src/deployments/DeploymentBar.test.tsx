import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Deployed, Deployment } from '../api/types';
import { renderPage } from '../testing/renderPage';
import { DeploymentBar } from './DeploymentBar';
import { undeployToast } from './undeployToast';

const copy = (artifact_id: string, project: string, profile: string, collection: string | null = 'default'): Deployment => ({
  artifact_id,
  project: `/home/ada/src/${project}`,
  profile,
  state: 'modified',
  deployed_at: null,
  version: null,
  collection,
  path: `/home/ada/src/${project}/${profile}/${artifact_id}`,
  is_user_scope: false,
});
const selected = [
  copy('skill:pdf', 'billing-api', 'claude_code'),
  copy('skill:docx', 'billing-api', 'codex'),
  copy('skill:xlsx', 'billing-api', 'codex', 'work'),
  copy('skill:slides', 'billing-api', 'codex'),
  copy('skill:pdf', 'elsewhere', 'claude_code', null),
];
const places = [
  { project: 'billing-api', profile: 'claude_code', collection: 'default', artifacts: ['skill:pdf'] },
  { project: 'billing-api', profile: 'codex', collection: 'default', artifacts: ['skill:docx', 'skill:slides'] },
  { project: 'billing-api', profile: 'codex', collection: 'work', artifacts: ['skill:xlsx'] },
  { project: 'elsewhere', profile: 'claude_code', artifacts: ['skill:pdf'] },
];

it('removes the selected copies and no others', async () => {
  const onDone = vi.fn();
  const { user, sent } = renderPage(<DeploymentBar hidden={0} deployments={selected} onDone={onDone} />);
  await waitFor(() => expect(sent.some((one) => one.path.startsWith('/projects?'))).toBe(true));
  await user.click(screen.getByRole('button', { name: 'Undeploy' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Undeploy' }));
  await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  const asked = sent.filter((one) => one.path.endsWith('/undeploy'));
  expect(asked.map((one) => one.body)).toEqual(places.map(({ profile, collection, artifacts }) => ({ profile, collection, artifacts })));
  expect(asked.map((one) => decodeURIComponent(one.path).split('/').at(-2))).toEqual(places.map((one) => one.project));
});

it('syncs the selected copies and no others, and tells the outcome once', async () => {
  const onDone = vi.fn();
  const { user, sent } = renderPage(<DeploymentBar hidden={0} deployments={selected} onDone={onDone} />);
  await user.click(screen.getByRole('button', { name: 'To the collection' }));
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  expect(sent.filter((one) => one.path === '/sync').map((one) => one.body)).toEqual(
    places.map(({ project, ...rest }) => ({ direction: 'push', projects: [`/home/ada/src/${project}`], ...rest })),
  );
  expect(onDone).toHaveBeenCalledTimes(1);
});

it('calls the user’s own folders by their name, and not by the home folder', async () => {
  const onDone = vi.fn();
  const own = { ...copy('skill:pdf', 'ada', 'claude_code'), is_user_scope: true };
  const { user, sent } = renderPage(<DeploymentBar hidden={0} deployments={[own]} onDone={onDone} />);
  await user.click(screen.getByRole('button', { name: 'To the collection' }));
  await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  await user.click(screen.getByRole('button', { name: 'Undeploy' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Undeploy' }));
  await waitFor(() => expect(onDone).toHaveBeenCalledTimes(2));
  expect(sent.find((one) => one.path === '/sync')?.body).toMatchObject({ projects: ['~'], profile: 'claude_code' });
  expect(sent.some((one) => one.path === '/projects/~/undeploy')).toBe(true);
});

it.each([
  ['Undeploy', '/projects/billing-api/undeploy'],
  ['To the collection', '/sync'],
])('lets a copy that is gone stop no other: %s', async (name, path) => {
  const { user, sent, api } = renderPage(<DeploymentBar hidden={0} deployments={selected} onDone={() => undefined} />);
  const handle = api.handle.bind(api);
  api.handle = (method, address, body) =>
    method === 'POST' && (body as { artifacts?: string[] } | undefined)?.artifacts?.includes('skill:docx')
      ? { status: 404, body: { code: 'ArtifactNotFound', detail: '‘skill:docx’ is not deployed.' } }
      : handle(method, address, body);
  await waitFor(() => expect(sent.some((one) => one.path.startsWith('/projects?'))).toBe(true));
  await user.click(screen.getByRole('button', { name }));
  if (name === 'Undeploy') await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name }));
  expect(await screen.findByText('‘skill:docx’ is not deployed.')).toBeInTheDocument();
  const asked = sent.filter((one) => one.path === path || one.path.endsWith('/undeploy'));
  expect(asked.map((one) => (one.body as { artifacts: string[] }).artifacts)).toEqual([
    ['skill:pdf'],
    ['skill:docx', 'skill:slides'],
    ['skill:docx'],
    ['skill:slides'],
    ['skill:xlsx'],
    ['skill:pdf'],
  ]);
});

it('leaves a copy alone that was never deployed, and says so', async () => {
  const added: Deployment = { ...copy('skill:own', 'billing-api', 'codex', ''), state: 'added' };
  const [pdf] = selected;
  if (!pdf) throw new Error();
  const { user, sent } = renderPage(<DeploymentBar hidden={3} deployments={[pdf, added]} onDone={() => undefined} />);
  expect(screen.getByText(/3 more not shown, left alone/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Undeploy' }));
  const question = await screen.findByRole('alertdialog', { name: 'Remove 1 copy?' });
  const list = within(question).getByRole('list', { name: 'Copies to remove' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((one) => one.textContent),
  ).toEqual(['skill:pdf in billing-api (claude_code)']);
  expect(question).toHaveTextContent('1 copy was never deployed, and stays.');
  await user.click(within(question).getByRole('button', { name: 'Undeploy' }));
  await waitFor(() => expect(sent.filter((one) => one.path.endsWith('/undeploy'))).toHaveLength(1));
  expect(JSON.stringify(sent.map((one) => one.body))).not.toContain('skill:own');
});

it('counts only what was removed', () => {
  const one = (status: Deployed['status'], reason: string | null = null): Deployed => ({
    artifact_id: 'skill:pdf',
    project: '/p',
    profile: 'codex',
    path: null,
    status,
    reason,
    dry_run: false,
    commands: [],
    warnings: [],
  });
  expect(undeployToast([one('removed'), one('removed')])).toEqual({ title: '2 copies removed' });
  expect(undeployToast([one('removed'), one('conflict', 'It was edited.')])).toEqual({
    tone: 'bad',
    title: '1 copy removed',
    text: '1 copy stays: It was edited.',
  });
  expect(undeployToast([one('error', 'Gone.')]).title).toBe('Nothing was removed');
});

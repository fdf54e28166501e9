import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { DeployDialog } from './DeployDialog';

const bodies = (sent: ReturnType<typeof renderPage>['sent']) =>
  sent.filter((one) => one.path.endsWith('/deploy')).map(({ path, body }) => ({ path, body }));
const base = { collection: 'default', artifacts: ['skill:pdf'] };

it('offers agents that a project does not have yet, and the user’s own folders', async () => {
  const onClose = vi.fn();
  const { user, sent } = renderPage(<DeployDialog collection="default" artifacts={['skill:pdf']} onClose={onClose} />);
  await screen.findByRole('option', { name: 'codex (not there yet)' });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'My own folders');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Profile' }), await screen.findByRole('option', { name: 'codex' }));
  expect(screen.getByText('/home/ada/.codex/skills')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: 'Link instead of copy' }));
  expect(screen.queryByRole('checkbox', { name: 'Activate hooks and MCP servers' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Deploy' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bodies(sent)).toEqual([{ path: '/projects/~/deploy', body: { ...base, profile: 'codex', link: true } }]);
});

it('replaces edits only after a preview of the same choice showed them', async () => {
  const onClose = vi.fn();
  const { user, sent, api } = renderPage(<DeployDialog collection="default" artifacts={['skill:pdf']} onClose={onClose} />);
  api.home.edited.add('skill:pdf');
  const replace = { name: 'Replace my edits' };
  await user.click(await screen.findByRole('button', { name: 'Preview' }));
  await user.click(await screen.findByRole('checkbox', replace));
  const [first] = bodies(sent);
  // Another place has other edits.
  await user.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'My own folders');
  expect(screen.queryByRole('checkbox', replace)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  expect(await screen.findByRole('checkbox', replace)).not.toBeChecked();
  await user.click(screen.getByRole('checkbox', replace));
  await user.click(screen.getByRole('button', { name: 'Deploy' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(first?.body).toEqual({ ...base, dry_run: true });
  expect(bodies(sent).slice(1)).toEqual([
    { path: '/projects/~/deploy', body: { ...base, dry_run: true } },
    { path: '/projects/~/deploy', body: { ...base, force: true } },
  ]);
});

it('stays as it is where a later read of the projects fails', async () => {
  const { user, api, client } = renderPage(<DeployDialog collection="default" artifacts={['hook:format']} onClose={() => undefined} />);
  await user.click(await screen.findByRole('checkbox', { name: 'Activate hooks and MCP servers' }));
  const handle = api.handle.bind(api);
  api.handle = (method, address, ...rest) =>
    address.includes('/projects?') ? { status: 503, body: { detail: 'Busy.' } } : handle(method, address, ...rest);
  await client.invalidateQueries();
  expect(screen.getByRole('checkbox', { name: 'Activate hooks and MCP servers' })).toBeChecked();
});

it('deploys nowhere else where the chosen project is forgotten', async () => {
  const { user, api, client } = renderPage(<DeployDialog collection="default" artifacts={['skill:pdf']} onClose={() => undefined} />);
  const select = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Project' });
  await user.selectOptions(select, within(select).getByRole('option', { name: 'billing-api' }));
  api.home.projects = api.home.projects.filter((one) => one.name !== 'billing-api');
  await client.invalidateQueries();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Deploy' })).toBeDisabled());
  expect(select).toHaveDisplayValue('The project is gone');
});

import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { keys } from '../api/keys';
import { App } from '../App';
import { renderPage } from '../testing/renderPage';

it('compares the versions after somebody looked at the deployments', async () => {
  const { user, client } = renderPage(<App />, { path: '/collections/default/artifacts/skill%3Apdf/deployments' });
  await screen.findByRole('tab', { name: 'Deployments', selected: true });
  await waitFor(() => expect(client.getQueryData(keys.artifactPart('default', 'skill:pdf', 'deployments'))).toBeDefined());
  await user.click(screen.getByRole('button', { name: 'Update' }));
  const dialog = await screen.findByRole('dialog', { name: 'Update pdf' });
  expect(await within(dialog).findByText(/^to (\d+ projects?|no project)$/)).toBeInTheDocument();
});

it('says that one file changes, and that several change', async () => {
  const { user, api } = renderPage(<App />, { path: '/collections/default/artifacts/skill%3Apdf' });
  const handle = api.handle.bind(api);
  api.handle = (method, address, ...rest) => {
    const answer = handle(method, address, ...rest);
    const text = JSON.stringify(answer.body)
      .replace('"status":"conflict"', '"status":"merged"')
      .replace(/"files_changed":\d+/, '"files_changed":1');
    return { ...answer, body: JSON.parse(text) as unknown };
  };
  await user.click(await screen.findByRole('button', { name: 'Update' }));
  expect(await screen.findByText(/1 file changes\./)).toBeInTheDocument();
});

it('closes when the conflicts are to be resolved', async () => {
  const { user } = renderPage(<App />, { path: '/collections/default/artifacts/skill%3Apdf' });
  await user.click(await screen.findByRole('button', { name: 'Update' }));
  await user.click(await screen.findByRole('link', { name: 'Resolve the conflicts' }));
  expect(await screen.findByRole('tab', { name: 'Conflicts', selected: true })).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).toBeNull();
});

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

import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { AddDialog } from './AddDialog';

it('shows what would come before anything is added, and puts it into the group', async () => {
  const onClose = vi.fn();
  const { user, sent } = renderPage(<AddDialog collection="default" source="octo/skills" onClose={onClose} />, { size: 10 });
  const posts = (): unknown[] =>
    sent.filter((one) => one.method === 'POST' && one.path !== '/browse').map(({ path, body }) => ({ path, body }));
  const list = await screen.findAllByRole('checkbox');
  const first = list.find((one, index) => index > 0 && !one.hasAttribute('disabled'));
  await user.click(first ?? screen.getByText('Cancel'));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'Documents');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  const coming = await screen.findByRole('list', { name: 'Artifacts that would come' });
  expect(within(coming).getAllByRole('listitem')).toHaveLength(1);
  const [asked] = posts() as { path: string; body: { specs: string[] } }[];
  expect(asked).toEqual({ path: '/collections/default/artifacts', body: { specs: [expect.any(String)], preview: true } });
  expect(posts()).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Add 1 artifact' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(posts().slice(1)).toEqual([
    { path: '/collections/default/artifacts', body: { specs: asked?.body.specs, keep_going: true } },
    { path: '/collections/default/groups/Documents/members', body: { artifacts: [expect.any(String)] } },
  ]);
});

it('compares sources and marketplaces with the collection to which it adds', async () => {
  const { user, sent } = renderPage(<AddDialog collection="work" source="octo/skills" onClose={() => undefined} />, { size: 10 });
  await screen.findAllByRole('checkbox');
  expect(sent.find((one) => one.path === '/browse')?.body).toEqual({ source: 'octo/skills', collection: 'work' });
  await user.click(screen.getByRole('radio', { name: 'Marketplace' }));
  await waitFor(() => expect(sent.find((one) => one.path.startsWith('/cache/marketplace?'))?.path).toContain('collection=work'));
});

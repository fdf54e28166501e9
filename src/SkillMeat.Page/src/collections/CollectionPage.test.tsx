import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { CollectionPage } from './CollectionPage';

describe('the collection page', () => {
  it('searches while one types, and keeps the search in the address', async () => {
    const { user } = renderPage(<CollectionPage collection="default" />, { path: '/collections/default' });
    await screen.findByRole('link', { name: 'accessibility' });
    await user.type(screen.getByRole('searchbox', { name: 'Search artifacts' }), 'terraform');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'accessibility' })).toBeNull());
    expect(screen.getByRole('link', { name: 'terraform' })).toBeInTheDocument();
    await waitFor(() => expect(window.location.search).toBe('?q=terraform'));
  });

  it('filters and sorts by update status', async () => {
    const { user, sent } = renderPage(<CollectionPage collection="default" />, { path: '/collections/default' });
    await screen.findByRole('link', { name: 'accessibility' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'update_available');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Sort' }), 'state');
    await waitFor(() =>
      expect(
        sent.some(
          (one) => one.path.includes('state=update_available') && one.path.includes('sort=state') && one.path.includes('limit=200'),
        ),
      ).toBe(true),
    );
    await waitFor(() => expect(screen.queryByText('Up to date', { selector: '[role=cell] *' })).toBeNull());
  });

  it('filters by a tag that has a comma', async () => {
    const { user } = renderPage(<CollectionPage collection="default" />, {
      path: '/collections/default',
      prepare: ({ home }) => {
        const [first, second] = home.collections[0]?.artifacts ?? [];
        Object.assign(first ?? {}, { name: 'aaa-both', tags: ['office, pdf', 'pdf'] });
        Object.assign(second ?? {}, { name: 'aab-plain', tags: ['office', 'pdf'] });
      },
    });
    await screen.findByRole('link', { name: 'aaa-both' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tag' }), 'office, pdf');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'aab-plain' })).toBeNull());
    expect(screen.getByRole('link', { name: 'aaa-both' })).toBeInTheDocument();
  });

  it('draws only a part of many rows, and says how many there are', async () => {
    renderPage(<CollectionPage collection="default" />, { path: '/collections/default', size: 372 });
    await screen.findByRole('link', { name: 'accessibility' });
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '373');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('compares the versions at a click on the badge, and offers the update', async () => {
    const { user, sent } = renderPage(<CollectionPage collection="default" />, { path: '/collections/default?q=pdf' });
    await user.click(await screen.findByRole('button', { name: 'Update available for pdf: compare the versions' }));
    const dialog = await screen.findByRole('dialog', { name: 'Update pdf' });
    for (const side of ['Deployed', 'Collection', 'Upstream']) expect(within(dialog).getByText(side)).toBeInTheDocument();
    expect(await within(dialog).findByText('Your edits and the update touch the same lines')).toBeInTheDocument();
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Local edits' }), 'take_upstream');
    await within(dialog).findByText('A safe update');
    await user.click(within(dialog).getByRole('button', { name: 'Update' }));
    await screen.findByText('pdf was updated');
    expect(sent.filter((one) => one.path.endsWith('/update')).map((one) => one.body)).toContainEqual({ strategy: 'take_upstream' });
  });

  it('shows the number of updates in the toolbar', async () => {
    renderPage(<CollectionPage collection="default" />, { path: '/collections/default' });
    expect(await screen.findByRole('button', { name: /^Update available.*\d+ ?artifacts/ })).toHaveTextContent(/\d+/);
  });

  it('goes from row to row with the arrow keys', async () => {
    const { user } = renderPage(<CollectionPage collection="default" />, { path: '/collections/default' });
    (await screen.findByRole('link', { name: 'accessibility' })).focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'advanced-accessibility' })).toHaveFocus();
  });

  it('leads from an empty home to the first skill', async () => {
    const { user, sent } = renderPage(<CollectionPage collection="default" />, { path: '/collections/default', isEmpty: true });
    await screen.findByRole('heading', { name: 'Add your first skill' });
    await user.type(screen.getByRole('textbox', { name: 'Repository, address or folder' }), 'anthropics/skills');
    await user.click(screen.getByRole('button', { name: 'Look there' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add artifacts' });
    await waitFor(() => expect(sent.some((one) => one.method === 'POST' && one.path === '/collections')).toBe(true));
    expect(within(dialog).getByRole('textbox', { name: 'Where from' })).toHaveValue('anthropics/skills');
  });

  it('says what to do about a collection that is not there', async () => {
    renderPage(<CollectionPage collection="defalt" />, { path: '/collections/defalt' });
    expect(await screen.findByText(/The nearest name is “default”/)).toBeInTheDocument();
  });

  it.each([
    [1, '1 differs'],
    [2, '2 differ'],
  ])('counts copies that differ, which need not be edited: %i', async (drifted, text) => {
    renderPage(<CollectionPage collection="default" />, {
      path: '/collections/default?q=accessibility',
      prepare: (api) => {
        for (const one of api.home.collections[0]?.artifacts ?? [])
          Object.assign(one, { deployments: 3, drifted: one.artifact_id === 'skill:accessibility' ? drifted : 0 });
      },
    });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});

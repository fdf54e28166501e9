import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { CollectionsPanel } from './CollectionsPanel';
import { DeletedCollectionsPanel } from './DeletedCollectionsPanel';

const deletions = (sent: ReturnType<typeof renderPage>['sent']): string[] =>
  sent.filter((one) => one.method === 'DELETE').map((one) => one.path);

describe('the deletion of a collection', () => {
  it('is made after a question', async () => {
    const { user, sent } = renderPage(<CollectionsPanel />);
    await user.click(await screen.findByRole('button', { name: 'Actions for work' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(deletions(sent)).toEqual(['/collections/work?dry_run=true', '/collections/work']));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Work' })).toBeNull());
  });

  it('leaves a way to the snapshots, in the message and in the settings', async () => {
    const { user } = renderPage(
      <>
        <CollectionsPanel />
        <DeletedCollectionsPanel />
      </>,
      { path: '/settings' },
    );
    await user.click(await screen.findByRole('button', { name: 'Actions for work' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const panel = await screen.findByRole('region', { name: 'Deleted collections' });
    expect(within(panel).getByRole('link', { name: 'work' })).toHaveAttribute('href', '/collections/work/snapshots');
    await user.click(await screen.findByRole('button', { name: 'Show its snapshots' }));
    expect(window.location.pathname).toBe('/collections/work/snapshots');
  });

  it('names the links that would lead nowhere, and is forced only then', async () => {
    const { user, sent, api } = renderPage(<CollectionsPanel />);
    api.home.deployments.push({ collection: 'work', is_link: true, path: '/home/ada/src/app/.claude/skills/pdf' });
    await user.click(await screen.findByRole('button', { name: 'Actions for work' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    expect(await screen.findByText('/home/ada/src/app/.claude/skills/pdf')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete, and leave the links' }));
    await waitFor(() => expect(deletions(sent)).toEqual(['/collections/work?dry_run=true', '/collections/work?force=true']));
  });
});

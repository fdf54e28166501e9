import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { JobTray } from '../jobs/JobTray';
import { renderPage, type Sent } from '../testing/renderPage';
import { CollectionPage } from './CollectionPage';
import { UpdatesDialog } from './UpdatesDialog';

const path = '/collections/default';
const page = (
  <>
    <CollectionPage collection="default" />
    <JobTray />
  </>
);
const changes = (sent: Sent[]): Sent[] => sent.filter((one) => one.method !== 'GET');

describe('the bar of selected artifacts', () => {
  it('removes what is shown in one change, after its names were told', async () => {
    const { user, sent, api } = renderPage(page, { path, size: 70 });
    for (const name of ['accessibility', 'api-design']) await user.click(await screen.findByRole('checkbox', { name: `Select ${name}` }));
    await user.type(screen.getByRole('searchbox', { name: 'Search artifacts' }), 'api-d');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'accessibility' })).toBeNull());
    await user.click(await screen.findByRole('checkbox', { name: 'Select api-design' }));
    await user.click(await screen.findByRole('checkbox', { name: 'Select api-design' }));
    const bar = screen.getByRole('toolbar', { name: 'Selected artifacts' });
    expect(bar).toHaveTextContent('1 selected (1 more not shown, left alone)');
    await user.click(within(bar).getByRole('button', { name: 'Remove' }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Remove 1 artifact?' });
    expect(within(dialog).getByRole('list', { name: 'Artifacts to remove' })).toHaveTextContent(/^skill:api-design$/);
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await screen.findByText('1 artifact removed');
    expect(changes(sent)).toMatchObject([{ method: 'POST', path: `${path}/artifacts:remove`, body: { artifacts: ['skill:api-design'] } }]);
    expect(api.home.collections[0]?.artifacts.some((one) => one.artifact_id === 'skill:accessibility')).toBe(true);
  });

  it('removes nothing where one is gone, and then selects only what is left', async () => {
    const { user, sent, api } = renderPage(page, { path, size: 70 });
    for (const name of ['accessibility', 'api-design']) await user.click(await screen.findByRole('checkbox', { name: `Select ${name}` }));
    const owner = api.home.collections[0];
    if (owner) owner.artifacts = owner.artifacts.filter((one) => one.artifact_id !== 'skill:accessibility');
    const remove = async (title: string): Promise<void> => {
      await user.click(within(screen.getByRole('toolbar', { name: 'Selected artifacts' })).getByRole('button', { name: 'Remove' }));
      await user.click(within(await screen.findByRole('alertdialog', { name: title })).getByRole('button', { name: 'Remove' }));
    };
    await remove('Remove 2 artifacts?');
    await screen.findByText('Nothing was removed');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'accessibility' })).toBeNull());
    await remove('Remove 1 artifact?');
    await screen.findByText('1 artifact removed');
    expect(changes(sent).map((one) => one.body)).toEqual([
      { artifacts: ['skill:accessibility', 'skill:api-design'] },
      { artifacts: ['skill:api-design'] },
    ]);
  });

  it('updates the selected ones in one job, and tells no failure where the user cancels it', async () => {
    const { user, sent } = renderPage(page, { path, size: 70, pace: 400 });
    for (const name of ['accessibility', 'api-design']) await user.click(await screen.findByRole('checkbox', { name: `Select ${name}` }));
    await user.click(within(screen.getByRole('toolbar', { name: 'Selected artifacts' })).getByRole('button', { name: 'Update' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel: Updating 2 artifacts' }));
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    expect(screen.queryByText('The update stopped')).toBeNull();
    expect(changes(sent).filter((one) => one.method === 'POST')).toMatchObject([
      { path: `${path}/refresh?mode=sync`, body: { artifacts: ['skill:accessibility', 'skill:api-design'], strategy: 'merge' } },
    ]);
  });
});

describe('all updates', () => {
  it('are one job, and the toast counts only what was updated', async () => {
    const { user, sent } = renderPage(<UpdatesDialog collection="default" only={null} onClose={() => undefined} />, { size: 70 });
    const button = await screen.findByRole('button', { name: /^Update all \d+$/ });
    const total = Number(/\d+/.exec(button.textContent)?.[0]);
    await user.click(button);
    expect(await screen.findByText(`${total - 1} artifacts updated`)).toBeInTheDocument();
    const [refresh, ...more] = sent.filter((one) => one.method === 'POST' && one.path.includes('/refresh'));
    expect(more).toEqual([]);
    expect((refresh?.body as { artifacts: string[] }).artifacts).toHaveLength(total);
    expect(sent.filter((one) => one.path.endsWith('/update') && !(one.body as { dry_run?: boolean }).dry_run)).toEqual([]);
  });

  it('name no artifacts where the list has only the first thousand', async () => {
    const { user, sent, api, client } = renderPage(<UpdatesDialog collection="default" only={null} onClose={() => undefined} />, {
      size: 70,
    });
    await screen.findByRole('button', { name: /^Update all/ });
    const handle = api.handle.bind(api);
    api.handle = (method, address, body) => {
      const answer = handle(method, address, body);
      return address.includes('state=update_available') ? { ...answer, body: { ...(answer.body as object), total: 1204 } } : answer;
    };
    await act(() => client.refetchQueries());
    await user.click(await screen.findByRole('button', { name: 'Update all 1,204' }));
    await waitFor(() => expect(sent.find((one) => one.path.includes('/refresh'))?.body).toEqual({ strategy: 'merge' }));
  });
});

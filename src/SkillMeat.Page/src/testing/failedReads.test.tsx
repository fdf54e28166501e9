import { act, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import { ArtifactPage } from '../artifact/ArtifactPage';
import { ConflictsTab } from '../artifact/ConflictsTab';
import { DeploymentsTab } from '../artifact/DeploymentsTab';
import { FilesTab } from '../artifact/FilesTab';
import { HistoryTab } from '../artifact/HistoryTab';
import { GroupsPage } from '../groups/GroupsPage';
import { MarketplacePage } from '../marketplace/MarketplacePage';
import { CachePanel } from '../settings/CachePanel';
import { CollectionsPanel } from '../settings/CollectionsPanel';
import { SnapshotsPage } from '../snapshots/SnapshotsPage';
import { renderPage } from './renderPage';

const first = async (found: Promise<HTMLElement[]>): Promise<HTMLElement> => {
  const [one] = await found;
  if (!one) throw new Error('Nothing was found.');
  return one;
};
const nothing = (): void => undefined;
const pdf = { collection: 'default', id: 'skill:pdf' };
const screens: [string, ReactElement, () => Promise<HTMLElement>][] = [
  ['artifact', <ArtifactPage key="1" {...pdf} tab={null} />, () => screen.findByRole('heading', { level: 1, name: 'pdf' })],
  ['files', <FilesTab key="1" {...pdf} />, () => screen.findByRole('region', { name: 'Text of SKILL.md' })],
  ['history', <HistoryTab key="1" {...pdf} />, () => first(screen.findAllByRole('article'))],
  ['deployments', <DeploymentsTab key="1" {...pdf} onDeploy={nothing} />, () => first(screen.findAllByRole('listitem'))],
  ['conflicts', <ConflictsTab key="1" {...pdf} onCompare={nothing} />, () => screen.findByRole('textbox', { name: 'Result' })],
  ['groups', <GroupsPage key="1" collection="default" />, () => screen.findByRole('link', { name: 'Documents' })],
  ['snapshots', <SnapshotsPage key="1" collection="default" />, () => screen.findByText('Before the refresh')],
  ['marketplaces', <MarketplacePage key="1" />, () => screen.findByRole('heading', { name: /^anthropics/ })],
  ['marketplace artifacts', <MarketplacePage key="1" />, () => first(screen.findAllByRole('button', { name: /^Add \S+-/ }))],
  ['collections', <CollectionsPanel key="1" />, () => screen.findByRole('link', { name: 'Experiments' })],
  ['cache', <CachePanel key="1" />, () => screen.findByText('ready')],
];

describe('a failed read in the background', () => {
  it.each(screens)('leaves the screen as it is: %s', async (_, content, find) => {
    const { api, client } = renderPage(content);
    const shown = await find();
    api.handle = () => ({ status: 503, body: { title: 'Busy', detail: 'The disk does not answer.' } });
    await act(() => client.refetchQueries());
    await waitFor(() => expect(client.isFetching()).toBe(0));
    expect(
      client
        .getQueryCache()
        .getAll()
        .some((one) => one.state.status === 'error'),
    ).toBe(true);
    expect(shown).toBeInTheDocument();
    expect(screen.queryByText('This could not be loaded')).toBeNull();
  });

  it('shows that an artifact is gone', async () => {
    const { api, client } = renderPage(<ArtifactPage {...pdf} tab={null} />);
    await screen.findByRole('heading', { level: 1, name: 'pdf' });
    api.handle = () => ({ status: 404, body: { title: 'Not found', detail: 'There is no such artifact.' } });
    await act(() => client.refetchQueries());
    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});

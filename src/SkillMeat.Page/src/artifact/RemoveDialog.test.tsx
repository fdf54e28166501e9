import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { SnapshotsPage } from '../snapshots/SnapshotsPage';
import { renderPage } from '../testing/renderPage';
import { ArtifactPage } from './ArtifactPage';

it('removes an artifact only as it is shown', async () => {
  const { user, sent, api } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={null} />);
  const remove = async (): Promise<void> => {
    await user.click(await screen.findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove from the collection' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
  };
  await screen.findByRole('button', { name: 'More actions' });
  const pdf = api.home.collections[0]?.artifacts.find((one) => one.artifact_id === 'skill:pdf');
  if (pdf) pdf.description = 'From elsewhere';
  await remove();
  expect((await screen.findAllByText('pdf was changed elsewhere')).length).toBeGreaterThan(0);
  expect(sent.filter((one) => one.method === 'DELETE')).toEqual([]);
  expect((await screen.findAllByText('From elsewhere')).length).toBeGreaterThan(0);
  await remove();
  await waitFor(() => expect(sent.find((one) => one.method === 'DELETE')?.version).toBe('"1"'));
});

it('deletes the version of a snapshot that it read', async () => {
  const { user, sent } = renderPage(<SnapshotsPage collection="default" />);
  const [more] = await screen.findAllByRole('button', { name: 'More actions for the snapshot' });
  await user.click(more ?? document.body);
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(sent.find((one) => one.method === 'DELETE')?.version).toBe('"1"'));
});

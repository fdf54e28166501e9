import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage, type Sent } from '../testing/renderPage';
import { ArtifactPage } from './ArtifactPage';

it.each([null, 'files'])('shows an edit of the files within two seconds, though no event tells it (%s)', async (tab) => {
  const { api, sent } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={tab} />);
  expect((await screen.findAllByText('SKILL.md')).length).toBeGreaterThan(0);
  const part = tab ? '/files/SKILL.md' : '/manifest';
  await waitFor(() => expect(sent.some((call) => call.path.endsWith(part))).toBe(true));
  const one = api.home.collections[0]?.artifacts.find((item) => item.artifact_id === 'skill:pdf');
  if (one) one.description = 'Written by an editor just now.';
  // The heading's line, and the text of the file.
  await waitFor(() => expect(screen.getAllByText(/Written by an editor just now/).length).toBeGreaterThan(1), { timeout: 2000 });
});

const posts = (sent: Sent[], end: string): unknown[] =>
  sent.filter((one) => one.method === 'POST' && one.path.endsWith(end)).map((one) => one.body);

it('restores a state of the history after a look at what would change', async () => {
  const { user, sent } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab="history" />);
  const [restore] = await screen.findAllByRole('button', { name: 'Restore this state' });
  if (restore) await user.click(restore);
  const dialog = await screen.findByRole('dialog', { name: 'Restore this state of skill:pdf' });
  await within(dialog).findByText(/1 artifact would change/);
  await user.click(within(dialog).getByRole('button', { name: 'Restore it' }));
  await screen.findByText('skill:pdf was restored');
  expect(posts(sent, '/restore').slice(0, 2)).toEqual([{ dry_run: true, artifacts: ['skill:pdf'] }, { artifacts: ['skill:pdf'] }]);
});

it('removes what is gone upstream after a question', async () => {
  const { user, sent } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={null} />, {
    path: '/collections/default/artifacts/skill%3Apdf',
    prepare: (api) =>
      Object.assign(api.home.collections[0]?.artifacts.find((item) => item.artifact_id === 'skill:pdf') ?? {}, { state: 'deleted' }),
  });
  await user.click(await screen.findByRole('button', { name: 'Remove it here, too' }));
  const question = await screen.findByRole('alertdialog');
  expect(question).toHaveTextContent(/snapshot is taken first/);
  await user.click(within(question).getByRole('button', { name: 'Remove it' }));
  await screen.findByText('pdf was removed');
  expect(posts(sent, '/update')).toEqual([
    { strategy: 'merge', remove_deleted: true, dry_run: true },
    { strategy: 'merge', remove_deleted: true },
  ]);
  expect(window.location.pathname).toBe('/collections/default');
});

/** Confirms the removal of an artifact; something happens before the update of the number. */
async function removing(number: number, happen: (artifact: object) => void) {
  let count = 0;
  const page = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={null} />, {
    path: '/collections/default/artifacts/skill%3Apdf',
    prepare: (api) => {
      const artifact = api.home.collections[0]?.artifacts.find((item) => item.artifact_id === 'skill:pdf') ?? {};
      Object.assign(artifact, { state: 'deleted' });
      const handle = api.handle.bind(api);
      api.handle = (method, address, body) => {
        if (method === 'POST' && address.endsWith('/update') && ++count === number) happen(artifact);
        return handle(method, address, body);
      };
    },
  });
  await page.user.click(await screen.findByRole('button', { name: 'Remove it here, too' }));
  await page.user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove it' }));
  return page;
}

it('takes no update where upstream has it again', async () => {
  const { sent } = await removing(1, (artifact) => Object.assign(artifact, { state: 'update_available' }));
  expect((await screen.findAllByText('Upstream has it again.')).length).toBeGreaterThan(0);
  expect(posts(sent, '/update')).toEqual([{ strategy: 'merge', remove_deleted: true, dry_run: true }]);
});

it('tells what the update did where upstream has it again only then', async () => {
  await removing(2, (artifact) => Object.assign(artifact, { state: 'update_available' }));
  expect((await screen.findAllByText('pdf has conflicts')).length).toBeGreaterThan(0);
});

it('stays where the user went while it was removed', async () => {
  await removing(2, () => window.history.replaceState(null, '', '/deployments'));
  expect((await screen.findAllByText('pdf was removed')).length).toBeGreaterThan(0);
  expect(window.location.pathname).toBe('/deployments');
});

it('refreshes the details alone', async () => {
  const { user, sent } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={null} />);
  await user.click(await screen.findByRole('button', { name: 'More actions' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Refresh the details' }));
  await screen.findByText('The details were refreshed');
  expect(posts(sent, 'mode=metadata_only')).toEqual([{ artifacts: ['skill:pdf'] }]);
});

it('keeps the text of an open dialog when the artifact is removed elsewhere', async () => {
  const { user, api } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={null} />);
  await user.click(await screen.findByRole('button', { name: 'More actions' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Edit the details' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit pdf' }));
  await user.type(dialog.getByRole('textbox', { name: 'Author' }), 'Me');
  const artifacts = api.home.collections[0]?.artifacts ?? [];
  artifacts.splice(
    artifacts.findIndex((one) => one.artifact_id === 'skill:pdf'),
    1,
  );
  expect(await dialog.findByText(/no longer in the collection/, undefined, { timeout: 2500 })).toBeInTheDocument();
  expect(dialog.getByRole<HTMLInputElement>('textbox', { name: 'Author' }).value).toMatch(/Me$/);
  expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('heading', { name: 'pdf' })).toBeNull();
});

import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { CollectionsPanel } from './CollectionsPanel';
import { DefinitionsPanel } from './DefinitionsPanel';

const choose = async (user: ReturnType<typeof renderPage>['user'], item: string): Promise<void> => {
  await user.click(await screen.findByRole('button', { name: 'Actions for work' }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
};

it('edits a collection only as it is shown, and keeps what was typed', async () => {
  const { user, sent, api } = renderPage(<CollectionsPanel />);
  await choose(user, 'Rename and describe');
  const dialog = await screen.findByRole('dialog', { name: 'Edit work' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Description' }), 'Mine');
  const work = api.home.collections.find((one) => one.name === 'work');
  if (work) work.description = 'From elsewhere';
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText(/changed elsewhere.*“From elsewhere”/)).toBeInTheDocument();
  expect(sent.filter((one) => one.method === 'PUT')).toEqual([]);
  expect(within(dialog).getByRole('textbox', { name: 'Description' })).toHaveValue('Mine');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(work?.description).toBe('Mine'));
  expect(sent.find((one) => one.method === 'PUT')).toMatchObject({
    path: '/collections/work',
    body: { description: 'Mine' },
    version: '"1"',
  });
});

it('renames a collection without a word about the description that somebody else wrote meanwhile', async () => {
  const { user, sent, api } = renderPage(<CollectionsPanel />);
  const work = api.home.collections.find((one) => one.name === 'work');
  if (work) work.description = ' Old\n';
  await choose(user, 'Rename and describe');
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit work' }));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), '2');
  if (work) work.description = ' From elsewhere\n';
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await dialog.findByText(/changed elsewhere/);
  expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue(' From elsewhere\n');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent.filter((one) => one.method === 'PUT').map((one) => one.body)).toEqual([{ name: 'work2' }]));
});

it('deletes a collection only as it is shown', async () => {
  const { user, sent, api } = renderPage(<CollectionsPanel />);
  // The question asks first what a deletion would do.
  const deletions = () => sent.filter((one) => one.method === 'DELETE' && !one.path.includes('dry_run'));
  await choose(user, 'Delete');
  const work = api.home.collections.find((one) => one.name === 'work');
  work?.artifacts.pop();
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }));
  expect((await screen.findAllByText('The collection was changed elsewhere')).length).toBeGreaterThan(0);
  expect(deletions()).toEqual([]);
  await choose(user, 'Delete');
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(deletions()).toMatchObject([{ path: '/collections/work', version: '"1"' }]));
});

it('deletes a tag only as it is shown', async () => {
  const { user, sent, api } = renderPage(<DefinitionsPanel />);
  const name = (await screen.findAllByRole('textbox', { name: 'Name' }))[0];
  if (!name) throw new Error('There is no field for the name.');
  await user.type(name, 'docs{Enter}');
  const button = await screen.findByRole('button', { name: 'Delete the tag docs' });
  const tags = api.home.collections[0]?.['tag-definitions'] as { description: string | null }[];
  if (tags[0]) tags[0].description = 'From elsewhere';
  const confirm = async (): Promise<void> =>
    user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }));
  await user.click(button);
  await confirm();
  expect((await screen.findAllByText('The tag “docs” was changed elsewhere')).length).toBeGreaterThan(0);
  expect(sent.filter((one) => one.method === 'DELETE')).toEqual([]);
  await screen.findByText('From elsewhere');
  await user.click(screen.getByRole('button', { name: 'Delete the tag docs' }));
  await confirm();
  await waitFor(() => expect(sent.find((one) => one.method === 'DELETE')?.version).toBe('"1"'));
});

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { GroupsPage } from './GroupsPage';

const open = async (user: ReturnType<typeof renderPage>['user'], name: string): Promise<void> => {
  await user.click(await screen.findByRole('button', { name }));
};

describe('the groups page', () => {
  it('leaves out a group without a name, which nothing can address', async () => {
    const { api, client } = renderPage(<GroupsPage collection="default" />);
    expect(await screen.findByRole('list', { name: '4 groups' })).toBeInTheDocument();
    api.home.collections[0]?.groups.splice(1, 0, { name: null, members: [] });
    await client.invalidateQueries();
    expect(screen.getByRole('list', { name: '4 groups' })).toBeInTheDocument();
    expect(await screen.findByRole('listitem', { name: 'Documents' })).toBeInTheDocument();
  });

  it('moves a group by its menu', async () => {
    const { user, sent } = renderPage(<GroupsPage collection="default" />, { path: '/collections/default/groups', size: 40 });
    await open(user, 'Actions for Documents');
    await user.click(await screen.findByRole('menuitem', { name: 'Move behind the next' }));
    await waitFor(() =>
      expect(sent.find((one) => one.path.endsWith('/groups/order'))?.body).toEqual({
        names: ['Code review', 'Documents', 'Operations', 'To try out'],
      }),
    );
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('heading', { level: 2 })
          .map((one) => one.textContent)
          .slice(-4)[0],
      ).toBe('Code review'),
    );
  });

  it('moves a member to another group by its menu', async () => {
    const { user, sent } = renderPage(<GroupsPage collection="default" />, { path: '/collections/default/groups', size: 40 });
    await open(user, 'Actions for pdf in Documents');
    await user.click(await screen.findByRole('menuitem', { name: 'Move to To try out' }));
    await waitFor(() => expect(within(screen.getByRole('list', { name: 'Members of To try out' })).getByText('pdf')).toBeInTheDocument());
    expect(sent.filter((one) => one.method === 'PUT').map((one) => one.path)).toEqual([
      '/collections/default/groups/To%20try%20out/members',
      '/collections/default/groups/Documents/members',
    ]);
    expect(sent.filter((one) => one.method === 'PUT').map((one) => one.version)).toEqual(['"1"', '"1"']);
  });

  it('changes nothing where the group was changed elsewhere, says so, and lets the user repeat', async () => {
    const { user, sent, api } = renderPage(<GroupsPage collection="default" />, { path: '/collections/default/groups', size: 40 });
    await open(user, 'Actions for pdf in Documents');
    const target = api.home.collections[0]?.groups.find((one) => one.name === 'To try out');
    target?.members.push('skill:from-elsewhere');
    await user.click(await screen.findByRole('menuitem', { name: 'Move to To try out' }));
    expect((await screen.findAllByText('The groups were changed elsewhere')).length).toBeGreaterThan(0);
    expect(sent.filter((one) => one.method === 'PUT')).toEqual([]);
    expect(await within(screen.getByRole('list', { name: 'Members of To try out' })).findByText('from-elsewhere')).toBeInTheDocument();
    await open(user, 'Actions for pdf in Documents');
    await user.click(await screen.findByRole('menuitem', { name: 'Move to To try out' }));
    await waitFor(() => expect(target?.members).toEqual(expect.arrayContaining(['skill:from-elsewhere', 'skill:pdf'])));
  });

  it('leaves the white space around a description that nobody edited', async () => {
    const { user, sent } = renderPage(<GroupsPage collection="default" />, {
      path: '/collections/default/groups',
      size: 40,
      prepare: (api) =>
        Object.assign(api.home.collections[0]?.groups.find((one) => one.name === 'Documents') ?? {}, { description: ' Old\n' }),
    });
    await open(user, 'Actions for Documents');
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Documents' }));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), ' 2');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent.filter((one) => one.method === 'PUT').map((one) => one.body)).toEqual([{ name: 'Documents 2' }]));
  });

  it('creates a group, and shows the refusal of a name that is taken', async () => {
    const { user } = renderPage(<GroupsPage collection="default" />, { path: '/collections/default/groups', size: 40 });
    await open(user, 'New group');
    const dialog = await screen.findByRole('dialog', { name: 'New group' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Documents');
    await user.click(within(dialog).getByRole('button', { name: 'Create' }));
    expect(await within(dialog).findByText(/exists already/)).toBeInTheDocument();
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' 2');
    await user.click(within(dialog).getByRole('button', { name: 'Create' }));
    expect(await screen.findByRole('link', { name: 'Documents 2' })).toBeInTheDocument();
  });
});

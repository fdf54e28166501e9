import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { DefinitionsPanel } from './DefinitionsPanel';

it('leaves out entries without a name, which nothing can address', async () => {
  const { api, client } = renderPage(<DefinitionsPanel />);
  expect(await screen.findByText(/No tag is described yet/)).toBeInTheDocument();
  const work = api.home.collections[0];
  if (work)
    work['tag-definitions'] = [
      { name: null, color: 'red', description: 'Nameless' },
      { name: 'docs', color: 'red', description: null },
    ];
  await client.invalidateQueries();
  expect(await screen.findByRole('button', { name: 'Delete the tag docs' })).toBeInTheDocument();
  expect(screen.queryByText('Nameless')).toBeNull();
});

it('keeps what was typed where an entry is refused, and says why', async () => {
  const { user, api } = renderPage(<DefinitionsPanel />);
  const handle = api.handle.bind(api);
  api.handle = (method, ...rest) =>
    method === 'POST' ? { status: 409, body: { detail: 'There is one of that name.' } } : handle(method, ...rest);
  const [name] = await screen.findAllByRole('textbox', { name: 'Name' });
  if (!name) throw new Error('There is no field for the name.');
  await user.type(name, 'docs{Enter}');
  expect(await screen.findByText('There is one of that name.')).toBeInTheDocument();
  expect(name).toHaveValue('docs');
});

const puts = (sent: ReturnType<typeof renderPage>['sent']) => sent.filter((one) => one.method === 'PUT');

it('edits a tag, and keeps what was typed where it was changed elsewhere', async () => {
  const docs = { name: 'docs', slug: 'docs', color: 'red', description: 'Old' };
  const { user, sent } = renderPage(<DefinitionsPanel />, {
    prepare: (api) => {
      for (const one of api.home.collections) one['tag-definitions'] = [docs];
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Edit the tag docs' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit the tag docs' });
  const description = within(dialog).getByRole('textbox', { name: 'Description' });
  await user.clear(description);
  await user.type(description, 'New');
  docs.color = 'teal';
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText(/changed elsewhere/)).toBeInTheDocument();
  expect(puts(sent)).toEqual([]);
  expect(description).toHaveValue('New');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(docs.description).toBe('New'));
  expect(docs.color).toBe('teal');
  expect(puts(sent)).toMatchObject([{ body: { description: 'New' }, version: '"1"' }]);
});

it('edits a server, and sends only the variables that were changed', async () => {
  const files = { name: 'files', repo: 'octo/files', version: 'v1', description: null, env_vars: { KEEP: '***', GONE: '***', SET: '***' } };
  const { user, sent } = renderPage(<DefinitionsPanel />, {
    prepare: (api) => {
      for (const one of api.home.collections) one['mcp-servers'] = [files];
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Edit the MCP server files' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit the MCP server files' }));
  await user.clear(dialog.getByRole('textbox', { name: 'Version' }));
  await user.type(dialog.getByRole('textbox', { name: 'Value of SET' }), 'b');
  await user.click(dialog.getByRole('button', { name: 'Remove GONE' }));
  await user.click(dialog.getByRole('button', { name: 'Add a variable' }));
  await user.type(dialog.getByRole('textbox', { name: 'Name of the new variable' }), 'SET');
  expect(dialog.getByText('There are two variables SET.')).toBeInTheDocument();
  expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.type(dialog.getByRole('textbox', { name: 'Name of the new variable' }), '2');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(puts(sent)).toMatchObject([{ version: '"1"' }]);
  expect(puts(sent)[0]?.body).toEqual({ version: null, env_vars: { GONE: null, SET: 'b', SET2: '' } });
});

it('leaves the white space around texts that nobody edited', async () => {
  const { user, sent } = renderPage(<DefinitionsPanel />, {
    prepare: (api) => {
      for (const one of api.home.collections) {
        one['tag-definitions'] = [{ name: 'docs', slug: 'docs', color: 'red', description: ' Old\n' }];
        one['mcp-servers'] = [{ name: 'files', repo: ' octo/files', version: 'v1 ', description: ' Old\n', env_vars: {} }];
      }
    },
  });
  for (const name of ['the tag docs', 'the MCP server files']) {
    await user.click(await screen.findByRole('button', { name: `Edit ${name}` }));
    const dialog = within(await screen.findByRole('dialog', { name: `Edit ${name}` }));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), '2');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }
  expect(puts(sent).map((one) => one.body)).toEqual([{ name: 'docs2' }, { name: 'files2' }]);
});

import { screen } from '@testing-library/react';
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

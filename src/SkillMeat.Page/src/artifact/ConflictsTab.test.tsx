import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { ConflictsTab } from './ConflictsTab';

it('resolves conflicts by choice and by hand, and finishes the update', async () => {
  const { user, sent } = renderPage(<ConflictsTab collection="default" id="skill:pdf" onCompare={() => undefined} />);
  const finish = await screen.findByRole('button', { name: 'Finish the update' });
  expect(finish).toBeDisabled();
  const result = await screen.findByRole('textbox', { name: 'Result' });
  const [first] = screen.getAllByRole('radio', { name: 'Yours' });
  await user.click(first ?? result);
  expect(finish).toBeDisabled();
  expect(screen.getByText('1 left')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'All upstream’s' }));
  expect(result).not.toHaveTextContent('<<<<<<<');
  await user.type(result, 'By hand.');
  await waitFor(() => expect(finish).toBeEnabled());
  await user.click(finish);
  await waitFor(() =>
    expect(sent.find((one) => one.method === 'POST' && one.path.endsWith('/conflict'))?.body).toEqual({
      files: [
        {
          path: 'SKILL.md',
          state: 'first',
          text: expect.stringMatching(/Reads, fills and merges PDF files\.[\s\S]*By hand\.$/) as unknown,
        },
      ],
    }),
  );
});

it('takes one side as it is where there are no lines to choose from', async () => {
  const { user, sent, api } = renderPage(<ConflictsTab collection="default" id="skill:pdf" onCompare={() => undefined} />);
  const handle = api.handle.bind(api);
  api.handle = (method, address, body) => {
    const answer = handle(method, address, body);
    return method === 'GET' && address.includes('/conflict?')
      ? {
          ...answer,
          body: { path: 'SKILL.md', base: '', ours: 'mine', theirs: 'new', merged: '', is_text: true, state: 'second', conflicts: [] },
        }
      : answer;
  };
  const result = await screen.findByRole('textbox', { name: 'Result' });
  expect(result).toHaveValue('mine');
  expect(screen.getByRole('button', { name: 'Finish the update' })).toBeDisabled();
  await user.type(result, 'to', { initialSelectionStart: 0, initialSelectionEnd: 0 });
  expect(result).toHaveValue('tomine');
  await user.click(screen.getByRole('button', { name: 'Take upstream’s' }));
  expect(result).toHaveValue('tomine');
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Replace it' }));
  expect(result).toHaveValue('new');
  await user.click(screen.getByRole('button', { name: 'Finish the update' }));
  await waitFor(() =>
    expect(sent.find((one) => one.method === 'POST' && one.path.endsWith('/conflict'))?.body).toEqual({
      files: [{ path: 'SKILL.md', state: 'second', take: 'theirs' }],
    }),
  );
});

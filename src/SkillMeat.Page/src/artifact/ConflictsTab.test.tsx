import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
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

const here = '/collections/default/artifacts/skill%3Apdf/conflicts';

/** The editor with everything resolved, and a service that is at work until it is let go. */
async function finishing(path: string) {
  const page = renderPage(<ConflictsTab collection="default" id="skill:pdf" onCompare={() => undefined} />, { path });
  await page.user.click(await screen.findByRole('button', { name: 'All yours' }));
  const answer = window.fetch.bind(window);
  let letGo: () => void = () => undefined;
  const wait = new Promise<void>((go) => (letGo = go));
  vi.stubGlobal('fetch', async (address: string, options?: RequestInit) => {
    if (address.endsWith('/conflict')) await wait;
    return answer(address, options);
  });
  await page.user.click(screen.getByRole('button', { name: 'Finish the update' }));
  return { ...page, letGo };
}

it('takes no letter while the update is finished', async () => {
  const { user, letGo } = await finishing(here);
  const result = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Result' });
  const text = result.value;
  await user.type(result, 'lost');
  await user.click(screen.getByRole('button', { name: 'All upstream’s' }));
  expect(result).toHaveValue(text);
  letGo();
  await waitFor(() => expect(window.location.pathname).toBe('/collections/default/artifacts/skill%3Apdf'));
});

it('stays where the user went while the update was finished', async () => {
  const { letGo } = await finishing(here);
  window.history.replaceState(null, '', '/collections/work');
  letGo();
  await screen.findAllByText(/skill:pdf (was updated|did not change)/);
  expect(window.location.pathname).toBe('/collections/work');
});

it('keeps what was written where the update was not done', async () => {
  const { api, letGo } = await finishing(here);
  const result = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Result' });
  const text = result.value;
  const handle = api.handle.bind(api);
  api.handle = (...call) => {
    const answer = handle(...call);
    return {
      ...answer,
      body: JSON.parse(JSON.stringify(answer.body ?? null).replace('"status":"merged"', '"status":"skipped"')) as unknown,
    };
  };
  letGo();
  await screen.findAllByText('skill:pdf was not updated');
  expect(result).toHaveValue(text);
  expect(sessionStorage.length).toBe(1);
});

import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import type { Resolution } from '../api/types';
import { renderPage } from '../testing/renderPage';
import { ConflictEditor } from './ConflictEditor';

const merged = 'a\n<<<<<<< x\nm1\n=======\nt1\n>>>>>>> y\nb\n<<<<<<< x\nm2\n=======\nt2\n>>>>>>> y\n';
let results: Resolution[] = [];

/** One file in two tabs, of which one shows the editor. */
const Scene = () => {
  const [result, setResult] = useState<Resolution>();
  const [isShown, setShown] = useState(true);
  return (
    <>
      <button onClick={() => setShown(!isShown)}>Other tab</button>
      {isShown && (
        <ConflictEditor
          collection="default"
          id="skill:pdf"
          path="SKILL.md"
          result={result}
          onResult={(next) => {
            results.push(next);
            setResult(next);
          }}
        />
      )}
    </>
  );
};

async function openEditor(text = merged) {
  results = [];
  const page = renderPage(<Scene />, {
    prepare: (api) => {
      const handle = api.handle.bind(api);
      api.handle = (method, address, body) =>
        address.includes('/conflict?')
          ? {
              status: 200,
              body: { path: 'SKILL.md', base: '', ours: 'o', theirs: 't', merged: text, is_text: true, state: '1', conflicts: [] },
            }
          : handle(method, address, body);
    },
  });
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Result' });
  const choose = (number: number, name: string) =>
    page.user.click(within(screen.getByRole('group', { name: `Conflict ${number}` })).getByRole('radio', { name }));
  return { ...page, field, choose };
}

it('keeps what was written by hand when a choice is made', async () => {
  const { user, field, choose } = await openEditor();
  await choose(1, 'Yours');
  await user.type(field, 'Z', { initialSelectionStart: 1, initialSelectionEnd: 1 });
  expect(screen.queryByRole('group', { name: 'Conflict 1' })).toBeNull();
  await choose(2, 'Both');
  expect(field).toHaveValue('aZ\nm1\nb\nm2\nt2\n');
});

it('keeps a choice over a change of the tab, and lets it be changed', async () => {
  const { user, choose } = await openEditor();
  await choose(1, 'Upstream’s');
  await user.click(screen.getByRole('button', { name: 'Other tab' }));
  await user.click(screen.getByRole('button', { name: 'Other tab' }));
  await choose(2, 'Yours');
  expect(screen.getByRole('textbox', { name: 'Result' })).toHaveValue('a\nt1\nb\nm2\n');
  await choose(1, 'Yours');
  await choose(2, 'Undecided');
  expect(screen.getByRole('textbox', { name: 'Result' })).toHaveValue(merged.replace(/<<<<<<< x\nm1[^>]*>>>>>>> y\n/, 'm1\n'));
});

it('asks before one side replaces what was written by hand', async () => {
  const { user, field } = await openEditor();
  await user.click(screen.getByRole('button', { name: 'All yours' }));
  expect(field).toHaveValue('a\nm1\nb\nm2\n');
  await user.type(field, 'mine');
  await user.click(screen.getByRole('button', { name: 'All upstream’s' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
  expect(field).toHaveValue('a\nm1\nb\nm2\nmine');
  await user.click(screen.getByRole('button', { name: 'All upstream’s' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Replace it' }));
  expect(field).toHaveValue('a\nt1\nb\nt2\n');
});

it('keeps the line ends of a file when a letter is typed', async () => {
  const windows = merged.replace(/\n/g, '\r\n');
  const { user, field, choose } = await openEditor(windows);
  await choose(1, 'Yours');
  await user.type(field, 'Z{Enter}', { initialSelectionStart: 1, initialSelectionEnd: 1 });
  await choose(2, 'Upstream’s');
  expect(results.at(-1)).toEqual({ state: '1', text: 'aZ\r\n\r\nm1\r\nb\r\nt2\r\n' });
});

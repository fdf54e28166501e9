import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import type { Artifact } from '../api/types';
import { renderPage } from '../testing/renderPage';
import { EditDialog } from './EditDialog';

const artifact = {
  artifact_id: 'skill:pdf-tools-1',
  name: 'pdf-tools-1',
  collection: 'default',
  upstream: 'https://github.com/octo/skills',
  title: null,
  description: 'Old',
  author: null,
  license: 'MIT',
  category: null,
  tags: ['pdf', 'mine'],
} as Partial<Artifact> as Artifact;

it('saves only what was edited, with the version that was seen', async () => {
  const onClose = vi.fn();
  const { user, sent, api } = renderPage(<EditDialog artifact={artifact} version={'"7"'} onClose={onClose} />, { size: 10 });
  const handle = vi.spyOn(api, 'handle').mockReturnValue({ status: 200, body: {} });
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.type(screen.getByRole('textbox', { name: 'Title' }), 'PDF');
  await user.clear(screen.getByRole('textbox', { name: 'Licence' }));
  await user.clear(screen.getByRole('textbox', { name: 'Tags, one on each line' }));
  await user.type(screen.getByRole('textbox', { name: 'Tags, one on each line' }), 'mine{enter}new');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(handle).toHaveBeenCalled();
  expect(sent.filter((one) => one.method === 'PUT')).toEqual([
    {
      method: 'PUT',
      path: '/collections/default/artifacts/skill%3Apdf-tools-1',
      body: { title: 'PDF', license: null, add_tags: ['new'], remove_tags: ['pdf'] },
      version: '"7"',
    },
  ]);
});

it('keeps the text of a stale edit, and saves it over the new version when asked to', async () => {
  const onClose = vi.fn();
  let readAgain: (version: string) => void = () => undefined;
  const Scene = () => {
    const [version, setVersion] = useState('"7"');
    readAgain = setVersion;
    return <EditDialog artifact={artifact} version={version} onClose={onClose} />;
  };
  const { user, sent, api } = renderPage(<Scene />, { size: 10 });
  const handle = vi.spyOn(api, 'handle').mockReturnValue({ status: 412, body: { detail: 'Changed meanwhile' } });
  await user.type(screen.getByRole('textbox', { name: 'Title' }), 'PDF');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else changed this artifact');
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('PDF');
  act(() => readAgain('"8"'));
  handle.mockReturnValue({ status: 200, body: {} });
  await user.click(screen.getByRole('button', { name: 'Save my changes anyway' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent.filter((one) => one.method === 'PUT').map((one) => one.version)).toEqual(['"7"', '"8"']);
});

it('stays open with its text when somebody clicks beside it', async () => {
  const onClose = vi.fn();
  const { user } = renderPage(<EditDialog artifact={artifact} version={'"7"'} onClose={onClose} />, { size: 10 });
  await user.type(screen.getByRole('textbox', { name: 'Title' }), 'PDF');
  fireEvent.pointerDown(document.body, { button: 0 });
  fireEvent.click(document.body);
  await new Promise((go) => setTimeout(go, 50));
  expect(onClose).not.toHaveBeenCalled();
});

it('keeps the line ends of a description where it is not edited', async () => {
  const lines = { ...artifact, description: 'First\r\nSecond\r\nThird' };
  const { user, sent, api } = renderPage(<EditDialog artifact={lines} version={'"7"'} onClose={() => undefined} />, { size: 10 });
  vi.spyOn(api, 'handle').mockReturnValue({ status: 200, body: {} });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Description' });
  expect(field).toHaveValue('First\nSecond\nThird');
  await user.type(field, '{enter}Fourth');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent.some((one) => one.method === 'PUT')).toBe(true));
  expect(sent.find((one) => one.method === 'PUT')?.body).toEqual({ description: 'First\r\nSecond\r\nThird\r\nFourth' });
});

import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { NewCollectionDialog } from './NewCollectionDialog';

it('keeps what was typed after a refusal and a click beside it, and sends a corrected name', async () => {
  const onClose = vi.fn();
  const { user, sent } = renderPage(<NewCollectionDialog onClose={onClose} />);
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'default');
  await user.type(screen.getByRole('textbox', { name: 'Description' }), 'Long words{Enter}');
  expect(await screen.findByText(/exists already|already/i)).toBeInTheDocument();
  await user.pointer({ keys: '[MouseLeft]', target: document.documentElement });
  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByRole('textbox', { name: 'Description' })).toHaveValue('Long words');
  await user.type(screen.getByRole('textbox', { name: 'Name' }), ' too{Enter}');
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent.filter((one) => one.method === 'POST').map((one) => one.body)).toEqual([
    { name: 'default', description: 'Long words' },
    { name: 'default too', description: 'Long words' },
  ]);
});

function Closable() {
  const [isOpen, setIsOpen] = useState(true);
  return isOpen ? <NewCollectionDialog onClose={() => setIsOpen(false)} /> : null;
}

it('tells a failure that comes after it was closed', async () => {
  const { user } = renderPage(<Closable />);
  let answer: (response: Response) => void = () => undefined;
  const send = globalThis.fetch;
  vi.stubGlobal('fetch', (address: string, options: RequestInit) =>
    options.method === 'POST' ? new Promise<Response>((resolve) => (answer = resolve)) : send(address, options),
  );
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'new{Enter}');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  answer(new Response(JSON.stringify({ detail: 'The disk is full.' }), { status: 503 }));
  expect((await screen.findAllByText('The disk is full.')).length).toBeGreaterThan(0);
});

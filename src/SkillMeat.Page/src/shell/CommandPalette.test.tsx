import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { CommandPalette } from './CommandPalette';

it('goes to the result of what was typed, also where Enter comes before it', async () => {
  const { user } = renderPage(<CommandPalette open onOpenChange={() => undefined} />);
  const send = globalThis.fetch;
  vi.stubGlobal('fetch', async (address: string, options: RequestInit) => {
    await new Promise((resolve) => setTimeout(resolve, address.includes('q=pdf') ? 200 : 0));
    return send(address, options);
  });
  await user.type(await screen.findByRole('combobox'), 'e');
  await waitFor(() => expect(screen.getAllByRole('option').length).toBeGreaterThan(1));
  await user.clear(screen.getByRole('combobox'));
  await user.type(screen.getByRole('combobox'), 'pdf{Enter}');
  await waitFor(() => expect(window.location.pathname).toMatch(/skill%3Apdf$/));
});

it('shows characters that hide or reorder text', async () => {
  const { user, api } = renderPage(<CommandPalette open onOpenChange={() => undefined} />);
  const one = api.home.collections[0]?.artifacts[0];
  if (one) one.description = 'trap\u202efdp';
  await user.type(await screen.findByRole('combobox'), 'trap');
  expect(await screen.findByText('trap⟨U+202E⟩fdp')).toBeInTheDocument();
});

it('says that nothing was found only after the search has answered', async () => {
  const { user } = renderPage(<CommandPalette open onOpenChange={() => undefined} />);
  const field = await screen.findByRole('combobox');
  await user.type(field, 'qqq');
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Nothing was found'));
  fireEvent.change(field, { target: { value: 'terraform' } });
  expect(screen.getByRole('status')).toHaveTextContent('Searching');
  expect((await screen.findAllByRole('option')).length).toBeGreaterThan(0);
});

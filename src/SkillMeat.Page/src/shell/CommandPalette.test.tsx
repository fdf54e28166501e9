import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { CommandPalette } from './CommandPalette';

it('goes to the result of what was typed, also where Enter comes before it', async () => {
  const { user } = renderPage(<CommandPalette open onOpenChange={() => undefined} />);
  await user.type(await screen.findByRole('combobox'), 'pdf{Enter}');
  await waitFor(() => expect(window.location.pathname).toMatch(/skill%3Apdf$/));
});

it('shows characters that hide or reorder text', async () => {
  const { user, api } = renderPage(<CommandPalette open onOpenChange={() => undefined} />);
  const one = api.home.collections[0]?.artifacts[0];
  if (one) one.description = 'trap\u202efdp';
  await user.type(await screen.findByRole('combobox'), 'trap');
  expect(await screen.findByText('trap⟨U+202E⟩fdp')).toBeInTheDocument();
});

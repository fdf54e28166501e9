import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { MarketplacePage } from './MarketplacePage';

it('says why a marketplace could not be read again', async () => {
  const { user, api } = renderPage(<MarketplacePage />);
  const [button] = await screen.findAllByRole('button', { name: /^Update / });
  const handle = api.handle.bind(api);
  const job = {
    id: 'm1',
    state: 'succeeded',
    progress: { done: 1, total: 1, text: '' },
    result: [{ name: 'x', status: 'error', reason: 'The repository is gone.' }],
    problem: null,
  };
  api.handle = (method, ...rest) => (method === 'POST' ? { status: 202, body: job } : handle(method, ...rest));
  if (button) await user.click(button);
  expect((await screen.findAllByText('The repository is gone.')).length).toBeGreaterThan(0);
  expect(screen.queryByText(/was updated$/)).toBeNull();
});

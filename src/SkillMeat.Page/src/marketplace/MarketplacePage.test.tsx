import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { MarketplacePage } from './MarketplacePage';

it('shows what an artifact would bring before it is added', async () => {
  const { user, sent } = renderPage(<MarketplacePage />);
  const [add] = await screen.findAllByRole('button', { name: /^Add (?!a marketplace)/ });
  if (add) await user.click(add);
  const dialog = await screen.findByRole('dialog', { name: 'Add artifacts' });
  await within(dialog).findByRole('list', { name: 'Artifacts that would come' });
  const bodies = (): unknown[] => sent.filter((one) => one.method === 'POST' && one.path.endsWith('/artifacts')).map((one) => one.body);
  expect(bodies()).toEqual([{ specs: [expect.any(String) as unknown], preview: true }]);
  await user.click(within(dialog).getByRole('button', { name: /^Add/ }));
  await waitFor(() => expect(bodies()).toHaveLength(2));
  expect(bodies()[1]).toMatchObject({ keep_going: true });
});

it('filters by type and state, compared with the collection', async () => {
  const { user, sent } = renderPage(<MarketplacePage />);
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Type' }), 'agent');
  await user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'new');
  await waitFor(() => expect(sent.some((one) => one.path.includes('type=agent&state=new&collection='))).toBe(true));
});

it('fetches old lists once when the screen opens', async () => {
  const { sent } = renderPage(<MarketplacePage />, {
    prepare: (api) => {
      const handle = api.handle.bind(api);
      api.handle = (method, address, body) => {
        const answer = handle(method, address, body);
        const { items } = answer.body as { items?: { is_stale: boolean }[] };
        if (method === 'GET' && address.includes('/cache/marketplaces')) items?.forEach((one) => (one.is_stale = true));
        return answer;
      };
    },
  });
  const updates = (): number => sent.filter((one) => one.path === '/cache/marketplaces/update').length;
  await waitFor(() => expect(updates()).toBe(1));
  await waitFor(() => expect(sent.filter((one) => one.path.startsWith('/cache/marketplaces?')).length).toBeGreaterThan(1));
  expect(updates()).toBe(1);
});

import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, type Sent } from '../testing/renderPage';
import { RefreshButton } from './RefreshButton';

const refreshes = (sent: Sent[]): number => sent.filter((one) => one.method === 'POST' && one.path.includes('/refresh')).length;

describe('the refresh button', () => {
  it('is disabled while it runs, then tells the outcome', async () => {
    const { user, sent } = renderPage(<RefreshButton collection="default" />);
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    const running = screen.getByRole('button', { name: 'Refreshing' });
    expect(running).toBeDisabled();
    expect(running).toHaveAttribute('aria-busy', 'true');
    expect(await screen.findByText('Collections refreshed')).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Refresh' })).toBeEnabled());
    expect(sent.find((one) => one.method === 'POST' && one.path.includes('/refresh'))).toMatchObject({
      method: 'POST',
      path: '/collections/default/refresh?mode=check',
    });
  });

  it.each(['r', '{Control>}r{/Control}', '{Meta>}r{/Meta}'])('starts with the keys %s, once', async (pressed) => {
    const { user, sent } = renderPage(<RefreshButton collection="default" />);
    await user.keyboard(pressed);
    await user.keyboard(pressed);
    await screen.findByText('Collections refreshed');
    expect(refreshes(sent)).toBe(1);
  });

  it('keeps the browser from reloading the page', () => {
    renderPage(<RefreshButton collection="default" />);
    const event = new KeyboardEvent('keydown', { key: 'r', ctrlKey: true, cancelable: true, bubbles: true });
    document.body.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });

  it('does not start while somebody types an r', async () => {
    const { user, sent } = renderPage(
      <>
        <input aria-label="text" />
        <RefreshButton collection="default" />
      </>,
    );
    await user.type(screen.getByLabelText('text'), 'r');
    expect(refreshes(sent)).toBe(0);
  });

  it('says when the last refresh was', async () => {
    renderPage(<RefreshButton collection="default" />);
    expect(await screen.findByText('2 minutes ago')).toBeInTheDocument();
  });

  it('says that nothing was ever checked, until something is', async () => {
    const { user } = renderPage(<RefreshButton collection="experiments" />);
    expect(await screen.findByText('Never checked')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(screen.queryByText('Never checked')).toBeNull());
    expect(screen.getByText(/^Last updated/)).toBeInTheDocument();
  });
});

import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { App } from './App';
import { renderPage } from './testing/renderPage';

const path = '/collections/default/artifacts/skill%3Apdf/conflicts';

it('keeps the focus on the tabs while the arrow keys go from one to the next', async () => {
  const { user } = renderPage(<App />, { path });
  const tab = await screen.findByRole('tab', { name: 'Conflicts' });
  tab.focus();
  await user.keyboard('{ArrowLeft}');
  expect(screen.getByRole('tab', { name: 'Deployments' })).toHaveFocus();
  await user.keyboard('{ArrowLeft}');
  expect(screen.getByRole('tab', { name: 'History' })).toHaveFocus();
  expect(window.location.pathname).toBe('/collections/default/artifacts/skill%3Apdf/history');
});

it('keeps the result of a conflict while one looks at another tab or screen, and after a reload', async () => {
  const { user, unmount } = renderPage(<App />, { path });
  const written = async (): Promise<HTMLElement> => screen.findByRole('textbox', { name: 'Result' });
  await user.type(await written(), 'By hand.');
  await user.click(screen.getByRole('tab', { name: 'Files' }));
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Result' })).toBeNull());
  await user.click(screen.getByRole('tab', { name: 'Conflicts' }));
  expect((await written()).textContent).toMatch(/By hand\.$/);
  await user.click(screen.getByRole('link', { name: 'All artifacts' }));
  await screen.findByRole('link', { name: 'accessibility' });
  unmount();
  renderPage(<App />, { path });
  expect((await written()).textContent).toMatch(/By hand\.$/);
});

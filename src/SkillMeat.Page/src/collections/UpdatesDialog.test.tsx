import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { keys } from '../api/keys';
import { renderPage } from '../testing/renderPage';
import { UpdatesDialog } from './UpdatesDialog';

it('keeps the artifact under the button when the list changes', async () => {
  const { user, api, client } = renderPage(<UpdatesDialog collection="default" only={null} onClose={() => undefined} />);
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Artifact' });
  const [gone, second] = [...choice.options].map((one) => ({ id: one.value, name: one.text }));
  if (!gone || !second) throw new Error('There are several updates.');
  const list = screen.getByRole('list', { name: 'Artifacts with an update' });
  expect(list.querySelector('[aria-current="true"]')).toHaveTextContent(gone.name);
  expect(await screen.findByRole('button', { name: 'Update' })).toBeInTheDocument();

  const artifacts = api.home.collections.find((one) => one.name === 'default')?.artifacts ?? [];
  Object.assign(artifacts.find((one) => one.artifact_id === gone.id) ?? {}, { state: 'up_to_date' });
  await client.invalidateQueries({ queryKey: keys.collections });
  expect(await screen.findByText(`${gone.name} has no update any more`)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Update' })).toBeNull();
  expect(list.querySelector('[aria-current="true"]')).toBeNull();
  expect(choice).toHaveValue(gone.id);

  await user.selectOptions(choice, second.id);
  expect(await screen.findByRole('button', { name: 'Update' })).toBeInTheDocument();
  expect(within(choice).queryByRole('option', { name: gone.name })).toBeNull();
});

it('goes on to the next artifact after an update', async () => {
  const { user } = renderPage(<UpdatesDialog collection="default" only={null} onClose={() => undefined} />);
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Artifact' });
  const names = [...choice.options].map((one) => one.value);
  const id = names.find((one) => one !== 'skill:pdf') ?? '';
  await user.selectOptions(choice, id);
  await user.click(await screen.findByRole('button', { name: 'Update' }));
  await expect.poll(() => choice.value, { timeout: 5000 }).toBe(names.find((one) => one !== id));
  expect(screen.queryByText(/no update any more/)).toBeNull();
});

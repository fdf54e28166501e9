import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { DeploymentState } from '../api/types';
import { renderPage } from '../testing/renderPage';
import { DriftDialog } from './DriftDialog';

const own = (state: DeploymentState) => ({
  artifact_id: 'skill:pdf',
  project: '/home/ada',
  profile: 'claude_code',
  collection: 'default',
  state,
  is_user_scope: true,
});

it('compares a copy in the user’s own folders, and not in the home folder as a project', async () => {
  const { sent } = renderPage(<DriftDialog deployment={own('modified')} onClose={() => undefined} />);
  expect(await screen.findByText(/the copy in My own folders \(claude_code\)/)).toBeInTheDocument();
  await waitFor(() => expect(sent.some((one) => one.path.includes('/diff?'))).toBe(true));
  const asked = sent.find((one) => one.path.includes('/diff?'))?.path ?? '';
  expect(new URLSearchParams(asked.split('?')[1]).get('project')).toBe('~');
});

it('adopts a copy in the user’s own folders', async () => {
  const { sent } = renderPage(<DriftDialog deployment={own('added')} onClose={() => undefined} />);
  expect(await screen.findByText('The copy in My own folders (claude_code)')).toBeInTheDocument();
  await waitFor(() => expect(sent.some((one) => one.path === '/adopt')).toBe(true));
  expect(sent.find((one) => one.path === '/adopt')?.body).toMatchObject({ projects: ['~'] });
});

import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { ArtifactPage } from './ArtifactPage';

it.each([null, 'files'])('shows an edit of the files within two seconds, though no event tells it (%s)', async (tab) => {
  const { api, sent } = renderPage(<ArtifactPage collection="default" id="skill:pdf" tab={tab} />);
  expect((await screen.findAllByText('SKILL.md')).length).toBeGreaterThan(0);
  const part = tab ? '/files/SKILL.md' : '/manifest';
  await waitFor(() => expect(sent.some((call) => call.path.endsWith(part))).toBe(true));
  const one = api.home.collections[0]?.artifacts.find((item) => item.artifact_id === 'skill:pdf');
  if (one) one.description = 'Written by an editor just now.';
  // The heading's line, and the text of the file.
  await waitFor(() => expect(screen.getAllByText(/Written by an editor just now/).length).toBeGreaterThan(1), { timeout: 2000 });
});

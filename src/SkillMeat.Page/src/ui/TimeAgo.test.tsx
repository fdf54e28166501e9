import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TimeAgo } from './TimeAgo';

it.each([
  [30, 'just now'],
  [3_601, 'in 1 hour'],
  [40 * 86_400, 'next month'],
])('does not call a time in %i seconds past', (seconds, text) => {
  render(<TimeAgo time={Date.now() + seconds * 1000 + 900} />);
  expect(screen.getByText(text)).toBeInTheDocument();
});

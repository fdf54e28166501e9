import { expect, it } from 'vitest';
import { timeAgo } from './timeAgo';

const now = Date.UTC(2026, 5, 1, 12);

it.each([
  [0, 'just now'],
  [59, 'just now'],
  [-3, 'just now'],
  [60, '1 minute ago'],
  [120, '2 minutes ago'],
  [3_599, '59 minutes ago'],
  [7_200, '2 hours ago'],
  [90_000, 'yesterday'],
  [3 * 86_400, '3 days ago'],
  [-7_200, 'in 2 hours'],
])('%i seconds before now is %s', (seconds, text) => {
  expect(timeAgo(now - seconds * 1000, now)).toBe(text);
});

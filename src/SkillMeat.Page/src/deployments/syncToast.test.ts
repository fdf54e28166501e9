import { expect, it } from 'vitest';
import type { Sync } from '../api/types';
import { syncToast } from './syncToast';

const conflict = (reason: string | null, conflicts: Partial<Sync['conflicts'][number]>[] = []): Sync =>
  ({ status: 'conflict', reason, conflicts }) as unknown as Sync;

it('tells the reason of a conflict that no side can settle', () => {
  expect(syncToast([conflict('Its files are gone.')]).text).toBe('1 artifact stayed as it was: Its files are gone.');
  expect(syncToast([conflict('Its files are gone.'), conflict(null)]).text).toBe('2 artifacts stayed as they were: Its files are gone.');
});

it('offers a side only for lines that both changed', () => {
  const both = conflict(null, [{ path: 'SKILL.md' }]);
  expect(syncToast([both]).text).toMatch(/^1 artifact changed on both sides .* Open it to take one side\.$/);
  const mixed = syncToast([both, both, conflict('Its files are gone.')]).text;
  expect(mixed).toMatch(
    /^2 artifacts changed on both sides .* Open each to take one side\. 1 artifact stayed as it was: Its files are gone\.$/,
  );
});

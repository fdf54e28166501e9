import { expect, it } from 'vitest';
import type { Snapshot } from '../api/types';
import { byDay } from './byDay';

const at = (time: Date): Snapshot => ({
  id: time.toISOString(),
  snapshot_id: time.toISOString(),
  kind: 'manual',
  created_at: time.toISOString(),
  message: '',
  artifact_count: 0,
  size_bytes: 0,
  content_bytes: null,
  collection: 'default',
  problem: null,
});

it('puts snapshots under their days', () => {
  const now = new Date(2026, 5, 15, 0, 30);
  const days = byDay(
    [at(new Date(2026, 5, 15, 0, 10)), at(new Date(2026, 5, 14, 23, 50)), at(new Date(2026, 5, 14, 1)), at(new Date(2026, 5, 10))],
    now.getTime(),
  );
  expect(days.map((one) => one.snapshots.length)).toEqual([1, 2, 1]);
  expect(days.slice(0, 2).map((one) => one.day)).toEqual(['Today', 'Yesterday']);
});

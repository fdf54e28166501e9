import type { Snapshot } from '../api/types';

const format = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** Snapshots under the days on which they were taken, in their order. */
export function byDay(snapshots: readonly Snapshot[], now = Date.now()): { day: string; snapshots: Snapshot[] }[] {
  const days: { day: string; snapshots: Snapshot[] }[] = [];
  for (const one of snapshots) {
    const time = new Date(one.created_at).getTime();
    const ago = Math.round((midnight(now) - midnight(time)) / 86_400_000);
    const day = ago === 0 ? 'Today' : ago === 1 ? 'Yesterday' : format.format(time);
    const last = days.at(-1);
    if (last?.day === day) last.snapshots.push(one);
    else days.push({ day, snapshots: [one] });
  }
  return days;
}

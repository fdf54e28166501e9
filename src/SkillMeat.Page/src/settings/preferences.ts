import type { Settings } from '../api/types';

/** The fields of the form, as typed; an empty one stands for the default. */
export interface Preferences {
  strategy: string;
  snapshots: string;
  hours: string;
}

const most = 2_147_483_647;

export const preferencesOf = (settings: Settings): Preferences => ({
  // Files say take_upstream, too.
  strategy: (settings.update_strategy ?? '').toLowerCase().replaceAll('_', '-'),
  snapshots: settings.keep_automatic_snapshots?.toString() ?? '',
  hours: settings.marketplace_hours?.toString() ?? '',
});

/** The edit of the settings: a null puts one back to its default. */
export function changedPreferences(before: Preferences, now: Preferences): Partial<Settings> {
  const changed = (name: keyof Preferences): string | undefined => (now[name].trim() === before[name] ? undefined : now[name].trim());
  const [strategy, snapshots, hours] = [changed('strategy'), changed('snapshots'), changed('hours')];
  const numberOf = (text: string): number | null => (text === '' ? null : Number(text));
  return {
    ...(strategy === undefined ? {} : { update_strategy: strategy || null }),
    ...(snapshots === undefined ? {} : { keep_automatic_snapshots: numberOf(snapshots) }),
    ...(hours === undefined ? {} : { marketplace_hours: numberOf(hours) }),
  };
}

/** The reason why a number cannot be saved, or null. */
export function problemIn(text: string, before: string): string | null {
  const typed = text.trim();
  if (typed === before || typed === '') return null;
  return /^\d{1,10}$/.test(typed) && Number(typed) <= most ? null : 'Type a whole number, 0 or more.';
}

export const isSameSettings = (some: Settings, others: Settings): boolean =>
  some.update_strategy === others.update_strategy &&
  some.keep_automatic_snapshots === others.keep_automatic_snapshots &&
  some.marketplace_hours === others.marketplace_hours;

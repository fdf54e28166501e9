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

export function changedPreferences(before: Preferences, now: Preferences): Partial<Settings> {
  const isChanged = (name: keyof Preferences): boolean => now[name].trim() !== before[name] && now[name].trim() !== '';
  return {
    ...(isChanged('strategy') ? { update_strategy: now.strategy } : {}),
    ...(isChanged('snapshots') ? { keep_automatic_snapshots: Number(now.snapshots) } : {}),
    ...(isChanged('hours') ? { marketplace_hours: Number(now.hours) } : {}),
  };
}

/** The reason why a number cannot be saved, or null. A setting that stands in the file cannot be taken out of it here. */
export function problemIn(text: string, before: string): string | null {
  const typed = text.trim();
  if (typed === before) return null;
  if (typed === '') return 'Type a number.';
  return /^\d{1,10}$/.test(typed) && Number(typed) <= most ? null : 'Type a whole number, 0 or more.';
}

export const isSameSettings = (some: Settings, others: Settings): boolean =>
  some.update_strategy === others.update_strategy &&
  some.keep_automatic_snapshots === others.keep_automatic_snapshots &&
  some.marketplace_hours === others.marketplace_hours;

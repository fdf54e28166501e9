import type { Update } from '../api/types';
import { count } from '../ui/count';
import type { Toast } from '../ui/useToast';

/** The toast that tells the outcome of an update of several artifacts. */
export function updatesToast(results: readonly Update[]): Toast {
  const of = (...wanted: Update['status'][]): Update[] => results.filter((one) => wanted.includes(one.status));
  const changed = of('updated', 'merged', 'removed').length;
  const [open, failed, kept, skipped] = [of('conflict'), of('error'), of('kept_local'), of('skipped')];
  const text = [
    open.length > 0 && `${count(open.length, 'artifact has', 'artifacts have')} conflicts: open them to resolve these.`,
    failed.length > 0 && `${count(failed.length, 'artifact')} failed: ${failed[0]?.reason ?? 'unknown reason'}`,
    skipped.length > 0 && `${count(skipped.length, 'artifact was', 'artifacts were')} skipped: ${skipped[0]?.reason ?? 'unknown reason'}`,
    kept.length > 0 && `${count(kept.length, 'artifact stays', 'artifacts stay')} at the local version.`,
    changed > 0 && 'A snapshot was taken before.',
  ].filter((one) => one !== false);
  return {
    tone: open.length + failed.length > 0 ? 'bad' : changed > 0 ? 'ok' : 'info',
    title: changed > 0 ? `${count(changed, 'artifact')} updated` : 'Nothing was updated',
    text: text.length > 0 ? text.join(' ') : 'Everything is up to date.',
  };
}

/** The toast that tells the outcome of an update. */
export function updateToast(name: string, results: Update[]): Toast {
  const worst =
    results.find((one) => one.status === 'error' || one.status === 'skipped') ??
    results.find((one) => one.status === 'conflict') ??
    results[0];
  switch (worst?.status) {
    case 'updated':
      return {
        tone: 'ok',
        title: `${name} was updated`,
        text: `${count(worst.files_changed, 'file')} changed. A snapshot was taken before.`,
      };
    case 'merged':
      return { tone: 'ok', title: `${name} was updated`, text: 'Your edits were merged with it.' };
    case 'conflict':
      return { tone: 'bad', title: `${name} has conflicts`, text: 'Nothing was changed. Resolve them on its page.' };
    case 'error':
    case 'skipped':
      return { tone: 'bad', title: `${name} was not updated`, text: worst.reason ?? undefined };
    default:
      return { tone: 'info', title: `${name} did not change`, text: worst?.reason ?? undefined };
  }
}

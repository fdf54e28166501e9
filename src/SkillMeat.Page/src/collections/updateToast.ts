import type { Update } from '../api/types';
import { count } from '../ui/count';
import type { Toast } from '../ui/useToast';

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

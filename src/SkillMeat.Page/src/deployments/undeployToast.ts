import type { Deployed } from '../api/types';
import { count } from '../ui/count';
import type { Toast } from '../ui/useToast';

/** The toast that tells which copies were removed from projects. */
export function undeployToast(results: readonly Deployed[]): Toast {
  const removed = results.filter((one) => one.status === 'removed').length;
  const kept = results.filter((one) => one.status === 'conflict' || one.status === 'error');
  const title = removed > 0 || kept.length === 0 ? `${count(removed, 'copy', 'copies')} removed` : 'Nothing was removed';
  if (kept.length === 0) return { title };
  return { tone: 'bad', title, text: `${count(kept.length, 'copy stays', 'copies stay')}: ${kept[0]?.reason ?? 'unknown reason'}` };
}

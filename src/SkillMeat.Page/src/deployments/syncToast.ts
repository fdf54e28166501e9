import type { Sync } from '../api/types';
import { count } from '../ui/count';
import type { Toast } from '../ui/useToast';

/** The toast that tells the outcome of a push, pull or sync. */
export function syncToast(results: Sync[]): Toast {
  const open = results.filter((one) => one.status === 'conflict');
  const failed = results.filter((one) => one.status === 'error');
  const done = results.filter((one) => ['pushed', 'pulled', 'merged', 'forked'].includes(one.status));
  const title = done.length > 0 ? `${count(done.length, 'artifact')} brought into line` : 'Nothing was changed';
  if (failed.length > 0)
    return { tone: 'bad', title, text: `${count(failed.length, 'artifact')} failed: ${failed[0]?.reason ?? 'unknown reason'}` };
  if (open.length > 0)
    return {
      tone: 'bad',
      title,
      text: `${count(open.length, 'artifact')} changed on both sides in the same lines and stayed as they are. Open each to take one side.`,
    };
  return {
    tone: done.length > 0 ? 'ok' : 'info',
    title,
    text: done.length === 0 ? (results[0]?.reason ?? 'Both sides are the same.') : undefined,
  };
}

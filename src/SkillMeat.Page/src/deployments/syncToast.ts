import type { Sync } from '../api/types';
import { count } from '../ui/count';
import type { Toast } from '../ui/useToast';

/** Whether one side can be taken: there are lines or files that both changed. Other conflicts need something else, which their reason says. */
export const canTakeSide = (one: Sync): boolean => one.status === 'conflict' && one.conflicts.length > 0;

/** The toast that tells the outcome of a push, pull or sync. */
export function syncToast(results: Sync[]): Toast {
  const open = results.filter((one) => one.status === 'conflict');
  const failed = results.filter((one) => one.status === 'error');
  const done = results.filter((one) => ['pushed', 'pulled', 'merged', 'forked'].includes(one.status));
  const title = done.length > 0 ? `${count(done.length, 'artifact')} brought into line` : 'Nothing was changed';
  if (failed.length > 0)
    return { tone: 'bad', title, text: `${count(failed.length, 'artifact')} failed: ${failed[0]?.reason ?? 'unknown reason'}` };
  if (open.length > 0) return { tone: 'bad', title, text: conflictText(open) };
  return {
    tone: done.length > 0 ? 'ok' : 'info',
    title,
    text: done.length === 0 ? (results[0]?.reason ?? 'Both sides are the same.') : undefined,
  };
}

function conflictText(open: Sync[]): string {
  const [sided, others] = [open.filter(canTakeSide), open.filter((one) => !canTakeSide(one))];
  const isOne = sided.length === 1;
  const texts = [
    sided.length > 0 &&
      `${count(sided.length, 'artifact')} changed on both sides in the same lines and stayed as ${isOne ? 'it was. Open it' : 'they were. Open each'} to take one side.`,
    others.length > 0 &&
      `${count(others.length, 'artifact')} stayed as ${others.length === 1 ? 'it was' : 'they were'}: ${others[0]?.reason ?? 'unknown reason'}`,
  ];
  return texts.filter((one) => one !== false).join(' ');
}

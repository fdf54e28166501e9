import type { Deployed } from '../api/types';
import { count } from '../ui/count';
import type { Toast } from '../ui/useToast';

export function deployToast(project: string, results: Deployed[]): Toast {
  const bad = results.filter((one) => one.status === 'conflict' || one.status === 'error');
  const done = results.filter((one) => one.status === 'deployed' || one.status === 'updated');
  if (bad.length > 0)
    return { tone: 'bad', title: `${count(bad.length, 'artifact')} could not be deployed`, text: bad[0]?.reason ?? undefined };
  if (done.length === 0) return { tone: 'info', title: 'Nothing to deploy', text: `${project} has everything already.` };
  return {
    tone: 'ok',
    title: `${count(done.length, 'artifact')} deployed to ${project}`,
    text: results.flatMap((one) => one.warnings)[0],
  };
}

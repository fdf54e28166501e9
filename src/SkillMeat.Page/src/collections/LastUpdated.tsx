import { TimeAgo } from '../ui/TimeAgo';
import { useLastRefresh } from './useRefresh';

/** "Last updated 2 minutes ago", which goes on ticking. */
export function LastUpdated({ prefix = '', className }: { prefix?: string; className?: string }) {
  const { data } = useLastRefresh();
  return data ? <span className={className}>{prefix}Last updated <TimeAgo time={data} /></span> : null;
}

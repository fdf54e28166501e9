import { TimeAgo } from '../ui/TimeAgo';
import { useLastRefresh } from './useRefresh';

/** "Last updated 2 minutes ago", which goes on ticking. */
export function LastUpdated({ collection, prefix = '', className }: { collection: string; prefix?: string; className?: string }) {
  const last = useLastRefresh(collection);
  if (last === undefined) return null;
  return (
    <span className={className}>
      {prefix}
      {last === null ? (
        'Never checked'
      ) : (
        <>
          Last updated <TimeAgo time={last} />
        </>
      )}
    </span>
  );
}

import { timeAgo } from './timeAgo';
import { useNow } from './useNow';

// The clock of this page ticks slowly, most of all in a hidden tab: what just happened may be ahead of it.
const late = 120_000;

export function TimeAgo({ time, className }: { time: string | number | null | undefined; className?: string }) {
  const now = useNow();
  if (time === null || time === undefined) return <span className={className}>never</span>;
  const date = new Date(time);
  const at = date.getTime();
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()} className={className}>
      {timeAgo(at, at - now < late ? Math.max(now, at) : now)}
    </time>
  );
}

import { timeAgo } from './timeAgo';
import { useNow } from './useNow';

export function TimeAgo({ time, className }: { time: string | number | null | undefined; className?: string }) {
  const now = useNow();
  if (time === null || time === undefined) return <span className={className}>never</span>;
  const date = new Date(time);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()} className={className}>
      {timeAgo(date.getTime(), Math.max(now, date.getTime()))}
    </time>
  );
}

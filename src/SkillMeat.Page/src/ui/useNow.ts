import { useEffect, useState } from 'react';

/** The time, read again every `interval` milliseconds, so that "2 minutes ago" ticks. */
export function useNow(interval = 20_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}

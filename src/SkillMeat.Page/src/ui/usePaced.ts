import { useEffect, useRef, useState } from 'react';

/** `value` at once after a rest, and at most every `pause` milliseconds while it goes on changing. */
export function usePaced<T>(value: T, pause: number): T {
  const [paced, setPaced] = useState(value);
  const next = useRef(0);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        next.current = performance.now() + pause;
        setPaced(value);
      },
      Math.max(0, next.current - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [value, pause]);
  return paced;
}

import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useScroller } from '../shell/useScroller';

interface VirtualRowsProps {
  count: number;
  height: number;
  /** Called when the last rows come near, to load more. */
  onNearEnd?: (() => void) | undefined;
  role?: string;
  render: (index: number) => ReactNode;
}

const spare = 8;
const nearEnd = 30;

/** Draws only the rows that can be seen; all have the same height. The screen's own element scrolls. */
export function VirtualRows({ count, height, onNearEnd, role, render }: VirtualRowsProps) {
  const scroller = useScroller();
  const list = useRef<HTMLDivElement>(null);
  const [{ first, last }, setRange] = useState({ first: 0, last: spare * 2 });
  useLayoutEffect(() => {
    const frame = scroller.current;
    const measure = (): void => {
      const rows = list.current;
      if (!rows) return;
      const above = frame ? frame.getBoundingClientRect().top - rows.getBoundingClientRect().top : 0;
      const seen = Math.max(frame?.clientHeight ?? 0, 600);
      const next = { first: Math.max(0, Math.floor(above / height) - spare), last: Math.ceil((above + seen) / height) + spare };
      setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
    };
    measure();
    frame?.addEventListener('scroll', measure, { passive: true });
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(measure);
    if (frame) observer?.observe(frame);
    if (frame?.firstElementChild) observer?.observe(frame.firstElementChild);
    return () => {
      frame?.removeEventListener('scroll', measure);
      observer?.disconnect();
    };
  }, [scroller, height]);
  const end = Math.min(count, last);
  useEffect(() => {
    if (count > 0 && end >= count - nearEnd) onNearEnd?.();
  }, [end, count, onNearEnd]);
  return (
    <div ref={list} role={role} className="relative" style={{ height: count * height }}>
      {Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at).map((index) => (
        <div
          key={index}
          role={role ? 'presentation' : undefined}
          className="absolute top-0 left-0 w-full"
          style={{ height, transform: `translateY(${index * height}px)` }}
        >
          {render(index)}
        </div>
      ))}
    </div>
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useScroller } from '../shell/useScroller';

interface VirtualRowsProps {
  count: number;
  height: number;
  /** Called when the last rows come near, to load more. */
  onNearEnd?: (() => void) | undefined;
  role?: string;
  render(index: number): ReactNode;
}

/** Draws only the rows that can be seen; all have the same height. The screen's own element scrolls. */
export function VirtualRows({ count, height, onNearEnd, role, render }: VirtualRowsProps) {
  const scroller = useScroller();
  const list = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (list.current && scroller.current) setMargin(Math.round(list.current.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop));
    };
    measure();
    if (typeof ResizeObserver === 'undefined' || !scroller.current?.firstElementChild) return;
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current.firstElementChild);
    return () => observer.disconnect();
  }, [scroller]);
  // eslint-disable-next-line react-hooks/incompatible-library -- The rows are drawn here and nowhere memoized.
  const rows = useVirtualizer({ count, estimateSize: () => height, getScrollElement: () => scroller.current, overscan: 8, scrollMargin: margin, initialRect: { width: 1000, height: 800 } });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (count > 0 && last >= count - 30) onNearEnd?.();
  }, [last, count, onNearEnd]);
  useEffect(() => rows.measure(), [height, rows]);
  return (
    <div ref={list} role={role} className="relative" style={{ height: rows.getTotalSize() }}>
      {items.map((item) => (
        <div key={item.key} role={role ? 'presentation' : undefined} className="absolute top-0 left-0 w-full" style={{ height: item.size, transform: `translateY(${item.start - margin}px)` }}>
          {render(item.index)}
        </div>
      ))}
    </div>
  );
}

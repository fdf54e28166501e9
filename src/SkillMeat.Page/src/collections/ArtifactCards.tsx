import { useLayoutEffect, useRef, useState } from 'react';
import { VirtualRows } from '../ui/VirtualRows';
import { ArtifactCard } from './ArtifactCard';
import { moveInList, type ArtifactListProps } from './ArtifactTable';

const narrowest = 300;
const gap = 16;

/** The artifacts as cards, as many beside each other as fit. */
export function ArtifactCards({ artifacts, selected, onSelect, onCompare, onNearEnd }: ArtifactListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [across, setAcross] = useState(3);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = (): void => setAcross(Math.max(1, Math.floor((element.clientWidth + gap) / (narrowest + gap))));
    measure();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} role="list" aria-label="Artifacts" onKeyDown={moveInList}>
      <VirtualRows
        role="presentation"
        count={Math.ceil(artifacts.length / across)}
        height={212}
        onNearEnd={onNearEnd}
        render={(row) => (
          <div className="grid gap-4 pb-4" style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}>
            {artifacts.slice(row * across, (row + 1) * across).map((one, index) => (
              <ArtifactCard
                key={one.artifact_id}
                artifact={one}
                index={row * across + index}
                isSelected={selected.has(one.artifact_id)}
                onSelect={onSelect}
                onCompare={onCompare}
              />
            ))}
          </div>
        )}
      />
    </div>
  );
}

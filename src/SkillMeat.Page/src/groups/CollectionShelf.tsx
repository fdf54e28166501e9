import { useDroppable } from '@dnd-kit/core';
import { Library } from 'lucide-react';
import type { CollectionSummary } from '../api/types';
import { useCollections } from '../shell/useCurrentCollection';
import { cx } from '../ui/cx';
import { visibleText } from '../ui/visibleText';
import { pieceId } from './board';

/** The other collections, as places to drop an artifact on. The artifact page has the same as a dialog. */
export function CollectionShelf({ collection, isDragging }: { collection: string; isDragging: boolean }) {
  const { data } = useCollections();
  const others = (data?.items ?? []).filter((one) => one.name !== collection);
  if (others.length === 0) return null;
  return (
    <section
      aria-label="Other collections"
      className={cx('rounded-xl border border-dashed p-3 transition-colors max-lg:hidden', isDragging && 'border-accent bg-accent-soft')}
    >
      <h2 className="mb-2 text-sm font-medium text-ink-3">Drop here to move to</h2>
      <ul className="space-y-1.5">
        {others.map((one) => (
          <Place key={one.name} collection={one} />
        ))}
      </ul>
    </section>
  );
}

function Place({ collection }: { collection: CollectionSummary }) {
  const { setNodeRef, isOver } = useDroppable({ id: pieceId({ kind: 'collection', name: collection.name }) });
  return (
    <li
      ref={setNodeRef}
      className={cx(
        'flex items-center gap-2.5 rounded-lg border bg-surface px-3 py-2 text-base',
        isOver && 'border-accent ring-2 ring-accent',
      )}
    >
      <Library aria-hidden="true" className="size-4 text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{visibleText(collection.title ?? collection.name)}</span>
      <span className="text-sm text-ink-3">{collection.artifact_count}</span>
    </li>
  );
}

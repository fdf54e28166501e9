import { useDraggable, useDroppable } from '@dnd-kit/core';
import { GripVertical, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ArtifactListItem, Group } from '../api/types';
import { MoveDialog } from '../collections/MoveDialog';
import { filtersOf } from '../collections/filters';
import { SearchField } from '../collections/SearchField';
import { TypeIcon } from '../collections/TypeIcon';
import { useArtifacts } from '../collections/useArtifacts';
import { Badge } from '../ui/Badge';
import { Checkbox } from '../ui/Checkbox';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/Menu';
import { SkeletonRows } from '../ui/Skeleton';
import { visibleText } from '../ui/visibleText';
import { memberChange, pieceId, type BoardChange } from './board';

const usual = filtersOf('');

/** The artifacts of the collection, to be dragged into groups. A member dropped here leaves its group. */
export function ArtifactShelf({
  collection,
  groups,
  onChange,
}: {
  collection: string;
  groups: Group[];
  onChange: (change: BoardChange | null) => void;
}) {
  const [q, setQ] = useState('');
  const [moved, setMoved] = useState<string | null>(null);
  const [isUngrouped, setIsUngrouped] = useState(false);
  const { data, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useArtifacts(collection, { ...usual, q });
  const { setNodeRef, isOver } = useDroppable({ id: pieceId({ kind: 'artifact', id: '' }) });
  const grouped = new Set(groups.flatMap((one) => one.members));
  const artifacts = (data?.pages.flatMap((page) => page.items) ?? []).filter((one) => !isUngrouped || !grouped.has(one.artifact_id));
  return (
    <section
      ref={setNodeRef}
      aria-label="Artifacts of the collection"
      className={cx('rounded-xl border bg-surface shadow-card', isOver && 'border-accent')}
    >
      <header className="space-y-2.5 border-b p-3">
        <SearchField label="Find an artifact" value={q} onSearch={setQ} />
        <label className="flex items-center gap-2 text-sm text-ink-2">
          <Checkbox checked={isUngrouped} onChange={(event) => setIsUngrouped(event.target.checked)} />
          Only those in no group
        </label>
      </header>
      {isPending ? (
        <SkeletonRows rows={4} label="The artifacts are loading" />
      ) : (
        <ul
          aria-label={count(artifacts.length, 'artifact')}
          className="scroll max-h-72 overflow-y-auto p-1.5 lg:max-h-[calc(100dvh-27.5rem)]"
        >
          {artifacts.map((one) => (
            <ShelfRow key={one.artifact_id} artifact={one} groups={groups} onChange={onChange} onMove={() => setMoved(one.artifact_id)} />
          ))}
          {artifacts.length === 0 && (
            <li className="px-3 py-6 text-center text-sm text-ink-3">
              {q === '' && !isUngrouped ? 'No artifacts yet' : 'No artifact fits'}
            </li>
          )}
          {hasNextPage && (
            <li className="p-1">
              <button
                type="button"
                disabled={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
                className="w-full rounded-lg py-1.5 text-sm font-medium text-accent hover:bg-hover"
              >
                Show more
              </button>
            </li>
          )}
        </ul>
      )}
      {moved !== null && <MoveDialog collection={collection} ids={[moved]} onClose={() => setMoved(null)} onMoved={() => setMoved(null)} />}
    </section>
  );
}

function ShelfRow({
  artifact,
  groups,
  onChange,
  onMove,
}: {
  artifact: ArtifactListItem;
  groups: Group[];
  onChange: (change: BoardChange | null) => void;
  onMove: () => void;
}) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: pieceId({ kind: 'artifact', id: artifact.artifact_id }) });
  const inGroups = groups.filter((one) => one.members.includes(artifact.artifact_id)).length;
  return (
    <li className={cx('flex items-center rounded-lg pr-1 hover:bg-hover', isDragging && 'opacity-40')}>
      <div
        ref={setNodeRef}
        {...listeners}
        {...attributes}
        className="flex min-w-0 flex-1 cursor-grab items-center gap-2 rounded-lg py-1 pl-1 max-lg:touch-pan-y"
      >
        <GripVertical aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
        <span className="sr-only">Move </span>
        <TypeIcon type={artifact.type} />
        <span className="min-w-0 flex-1 truncate text-base">{visibleText(artifact.name)}</span>
        {inGroups > 0 && <Badge>{count(inGroups, 'group')}</Badge>}
      </div>
      <Menu trigger={<IconButton label={`Add ${artifact.name} to a group or collection`} icon={Plus} className="ml-1 size-7" />}>
        <MenuLabel>Add to a group</MenuLabel>
        {groups.map((one) => (
          <MenuItem
            key={one.name}
            disabled={one.members.includes(artifact.artifact_id)}
            onSelect={() => onChange(memberChange(groups, { kind: 'artifact', id: artifact.artifact_id }, one.name, null))}
          >
            {visibleText(one.name)}
          </MenuItem>
        ))}
        {groups.length === 0 && <p className="px-2 py-1 text-sm text-ink-3">There is no group yet.</p>}
        <MenuLine />
        <MenuItem onSelect={onMove}>Move or copy to a collection</MenuItem>
      </Menu>
    </li>
  );
}

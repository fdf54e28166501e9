import {
  closestCenter,
  closestCorners,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  pointerWithin,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type CollisionDetection,
} from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext } from '@dnd-kit/sortable';
import { Group as GroupIcon, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Group } from '../api/types';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { ArtifactShelf } from './ArtifactShelf';
import { dropChange, pieceId, pieceOf, type BoardChange, type Piece } from './board';
import { CollectionShelf } from './CollectionShelf';
import { GroupCard } from './GroupCard';
import { GroupDialog } from './GroupDialog';
import { keyboardCoordinates } from './keyboardCoordinates';
import { PieceLabel } from './PieceLabel';
import { pieceName } from './pieceName';
import { useBoard } from './useBoard';
import { useGroups } from './useGroups';

const none: Group[] = [];

/** The groups of a collection as a board: artifacts and groups are moved by pointer, by touch, by keyboard, or by menu. */
export function GroupsPage({ collection }: { collection: string }) {
  const { data, error, isPending, refetch } = useGroups(collection);
  const board = useBoard(collection);
  const [dragged, setDragged] = useState<Piece | null>(null);
  const [open, setOpen] = useState<Group | 'new' | null>(null);
  const groups = data?.items ?? none;
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: keyboardCoordinates }),
  );
  const change = (made: BoardChange | null): void => {
    if (made) board.mutate({ change: made, shown: groups });
  };
  const announcements = useMemo<Announcements>(() => announce, []);
  return (
    <>
      <PageHeader
        title="Groups"
        description="Sort artifacts by what you use them for. An artifact can be in several groups."
        actions={
          <Button variant="primary" icon={Plus} onClick={() => setOpen('new')}>
            New group
          </Button>
        }
      />
      {isPending ? (
        <div role="status" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          <span className="sr-only">The groups are loading</span>
          {[1, 2, 3].map((one) => (
            <Skeleton key={one} className="h-56 rounded-xl" />
          ))}
        </div>
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={detect}
          accessibility={{
            announcements,
            screenReaderInstructions: {
              draggable:
                'Press the space bar to pick up. While dragging, use the arrow keys to move, the space bar to drop, and Escape to cancel. The menu beside it does the same without dragging.',
            },
          }}
          onDragStart={({ active }) => setDragged(pieceOf(String(active.id)))}
          onDragCancel={() => setDragged(null)}
          onDragEnd={({ active, over }) => {
            const piece = pieceOf(String(active.id));
            setDragged(null);
            if (piece) change(dropChange(groups, piece, over ? pieceOf(String(over.id)) : null));
          }}
        >
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[18rem_minmax(0,1fr)] 2xl:grid-cols-[22rem_minmax(0,1fr)]">
            <div className="space-y-4 lg:sticky lg:top-0">
              <ArtifactShelf collection={collection} groups={groups} onChange={change} />
              <CollectionShelf collection={collection} isDragging={dragged?.kind === 'artifact' || dragged?.kind === 'member'} />
            </div>
            {groups.length === 0 ? (
              <EmptyState
                icon={GroupIcon}
                title="No groups yet"
                actions={
                  <Button variant="primary" icon={Plus} onClick={() => setOpen('new')}>
                    Create the first group
                  </Button>
                }
              >
                Groups like “Documents” or “Code review” can be filtered for, and deployed at once.
              </EmptyState>
            ) : (
              <SortableContext items={groups.map((one) => pieceId({ kind: 'group', group: one.name }))} strategy={rectSortingStrategy}>
                <ul
                  aria-label={count(groups.length, 'group')}
                  className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2 2xl:grid-cols-3 3xl:grid-cols-4"
                >
                  {groups.map((one, index) => (
                    <GroupCard
                      key={one.name}
                      collection={collection}
                      group={one}
                      index={index}
                      groups={groups}
                      dragged={dragged}
                      onChange={change}
                      onEdit={() => setOpen(one)}
                    />
                  ))}
                </ul>
              </SortableContext>
            )}
          </div>
          <DragOverlay dropAnimation={null}>{dragged && <PieceLabel piece={dragged} />}</DragOverlay>
        </DndContext>
      )}
      {open && <GroupDialog collection={collection} group={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Groups are sorted among groups; artifacts go to what the pointer is on, or, by keyboard, to what is nearest. */
const detect: CollisionDetection = (args) => {
  const piece = pieceOf(String(args.active.id));
  const droppableContainers = args.droppableContainers.filter((one) => {
    const kind = pieceOf(String(one.id))?.kind;
    return piece?.kind === 'group' ? kind === 'group' : kind !== undefined;
  });
  if (piece?.kind === 'group') return closestCenter({ ...args, droppableContainers });
  const under = pointerWithin({ ...args, droppableContainers });
  const members = under.filter((one) => pieceOf(String(one.id))?.kind === 'member');
  if (members.length > 0) return members;
  return under.length > 0 || args.pointerCoordinates ? under : closestCorners({ ...args, droppableContainers });
};

const name = (id: string | number | undefined): string => (id === undefined ? 'nothing' : pieceName(pieceOf(String(id))));

const announce: Announcements = {
  onDragStart: ({ active }) => `Picked up ${name(active.id)}.`,
  onDragOver: ({ active, over }) => (over ? `${name(active.id)} is over ${name(over.id)}.` : `${name(active.id)} is over nothing.`),
  onDragEnd: ({ active, over }) =>
    over ? `${name(active.id)} was dropped on ${name(over.id)}.` : `${name(active.id)} was dropped where nothing is. Nothing changed.`,
  onDragCancel: ({ active }) => `Cancelled. ${name(active.id)} stays where it was.`,
};

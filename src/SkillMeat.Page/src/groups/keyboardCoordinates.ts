import type { KeyboardCoordinateGetter } from '@dnd-kit/core';
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { pieceOf } from './board';

interface Place {
  left: number;
  top: number;
}

const isThatWay: Record<string, (place: Place, from: Place) => boolean> = {
  ArrowLeft: (place, from) => place.left < from.left - 1,
  ArrowRight: (place, from) => place.left > from.left + 1,
  ArrowUp: (place, from) => place.top < from.top - 1,
  ArrowDown: (place, from) => place.top > from.top + 1,
};

/** Where an arrow key takes what is dragged. An artifact of the shelf is in no sorted list: it goes from group to group, and to other collections. */
export const keyboardCoordinates: KeyboardCoordinateGetter = (event, args) => {
  if (pieceOf(String(args.active))?.kind !== 'artifact') return sortableKeyboardCoordinates(event, args);
  const isWanted = isThatWay[event.code];
  const { collisionRect: from, droppableContainers, droppableRects } = args.context;
  if (!isWanted || !from) return undefined;
  event.preventDefault();
  let nearest: Place | undefined;
  const distance = ({ left, top }: Place): number => Math.hypot(left - from.left, top - from.top);
  for (const { id } of droppableContainers.getEnabled()) {
    const kind = pieceOf(String(id))?.kind;
    const place = droppableRects.get(id);
    if (!place || (kind !== 'group' && kind !== 'collection') || !isWanted(place, from)) continue;
    if (!nearest || distance(place) < distance(nearest)) nearest = place;
  }
  return nearest && { x: nearest.left, y: nearest.top };
};

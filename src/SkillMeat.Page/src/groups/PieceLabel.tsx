import { TypeIcon } from '../collections/TypeIcon';
import { visibleText } from '../ui/visibleText';
import type { Piece } from './board';
import { artifactName, artifactType } from './pieceName';

/** What follows the pointer while something is dragged. */
export function PieceLabel({ piece }: { piece: Piece }) {
  const id = piece.kind === 'artifact' || piece.kind === 'member' ? piece.id : null;
  return (
    <div className="inline-flex max-w-72 cursor-grabbing items-center gap-2.5 rounded-lg border border-accent bg-raised py-1.5 pr-3.5 pl-2 text-base font-medium shadow-float">
      {id && <TypeIcon type={artifactType(id)} />}
      <span className="truncate">{id ? visibleText(artifactName(id)) : piece.kind === 'group' ? visibleText(piece.group) : ''}</span>
    </div>
  );
}

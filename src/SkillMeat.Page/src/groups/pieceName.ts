import type { Piece } from './board';

export const artifactName = (id: string): string => id.slice(id.indexOf(':') + 1);
export const artifactType = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));

/** What a screen reader calls a piece of the board. */
export function pieceName(piece: Piece | null): string {
  switch (piece?.kind) {
    case 'group':
      return `the group ${piece.group}`;
    case 'member':
      return `${artifactName(piece.id)} in ${piece.group}`;
    case 'artifact':
      return artifactName(piece.id);
    case 'collection':
      return `the collection ${piece.name}`;
    default:
      return 'nothing';
  }
}

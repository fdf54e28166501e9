import type { Group } from '../api/types';

/** What is dragged, or what it is dropped on. */
export type Piece =
  | { kind: 'group'; group: string }
  | { kind: 'member'; group: string; id: string }
  | { kind: 'artifact'; id: string }
  | { kind: 'collection'; name: string };

export type BoardChange =
  | { kind: 'order'; names: string[] }
  | { kind: 'members'; groups: { name: string; members: string[] }[] }
  | { kind: 'move'; id: string; to: string };

/** One id for each piece; names may hold anything, so they are encoded. */
export function pieceId(piece: Piece): string {
  const parts =
    piece.kind === 'member'
      ? [piece.group, piece.id]
      : piece.kind === 'group'
        ? [piece.group]
        : piece.kind === 'artifact'
          ? [piece.id]
          : [piece.name];
  return [piece.kind, ...parts.map(encodeURIComponent)].join('|');
}

export function pieceOf(id: string): Piece | null {
  const [kind, ...parts] = id.split('|');
  const [first = '', second = ''] = parts.map(decodeURIComponent);
  switch (kind) {
    case 'group':
      return { kind, group: first };
    case 'member':
      return { kind, group: first, id: second };
    case 'artifact':
      return { kind, id: first };
    case 'collection':
      return { kind, name: first };
    default:
      return null;
  }
}

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

/** What a drop changes; null where it changes nothing. */
export function dropChange(groups: readonly Group[], dragged: Piece, target: Piece | null): BoardChange | null {
  if (!target) return null;
  if (dragged.kind === 'group') {
    if (target.kind !== 'group' && target.kind !== 'member') return null;
    return orderChange(
      groups,
      dragged.group,
      groups.findIndex((one) => one.name === target.group),
    );
  }
  if (dragged.kind === 'collection') return null;
  if (target.kind === 'collection') return { kind: 'move', id: dragged.id, to: target.name };
  if (target.kind === 'artifact') return dragged.kind === 'member' ? without(groups, dragged.group, dragged.id) : null;
  return memberChange(groups, dragged, target.group, target.kind === 'member' ? target.id : null);
}

/** Brings a group to another place among the groups. */
export function orderChange(groups: readonly Group[], name: string, to: number): BoardChange | null {
  const from = groups.findIndex((one) => one.name === name);
  if (from < 0 || to < 0 || to >= groups.length || from === to) return null;
  return { kind: 'order', names: moved(groups, from, to).map((one) => one.name) };
}

/** Brings an artifact into a group: to the place of another member, or to the end. */
export function memberChange(
  groups: readonly Group[],
  dragged: { kind: 'member'; group: string; id: string } | { kind: 'artifact'; id: string },
  name: string,
  before: string | null,
): BoardChange | null {
  const target = groups.find((one) => one.name === name);
  if (!target) return null;
  const from = target.members.indexOf(dragged.id);
  const at = before === null ? -1 : target.members.indexOf(before);
  if (from >= 0 && (dragged.kind === 'artifact' || dragged.group === name)) {
    const to = at < 0 ? target.members.length - 1 : at;
    return from === to || (dragged.kind === 'artifact' && at < 0)
      ? null
      : { kind: 'members', groups: [{ name, members: moved(target.members, from, to) }] };
  }
  const members = target.members.filter((one) => one !== dragged.id);
  members.splice(at < 0 ? members.length : !members.includes(before ?? '') ? members.length : members.indexOf(before ?? ''), 0, dragged.id);
  const changes = [{ name, members }];
  // The new group is written first: between the two writes the artifact is in both groups, never in none.
  if (dragged.kind === 'member')
    changes.push({
      name: dragged.group,
      members: (groups.find((one) => one.name === dragged.group)?.members ?? []).filter((one) => one !== dragged.id),
    });
  return { kind: 'members', groups: changes };
}

export function without(groups: readonly Group[], name: string, id: string): BoardChange | null {
  const group = groups.find((one) => one.name === name);
  return group?.members.includes(id) ? { kind: 'members', groups: [{ name, members: group.members.filter((one) => one !== id) }] } : null;
}

/** The groups as they are after a change, for the screen to show at once. */
export function applied(groups: readonly Group[], change: BoardChange): Group[] {
  switch (change.kind) {
    case 'order':
      return change.names.flatMap((name) => groups.find((one) => one.name === name) ?? []);
    case 'members':
      return groups.map((one) => ({
        ...one,
        members: change.groups.find((other) => other.name === one.name)?.members ?? one.members,
      }));
    case 'move':
      return groups.map((one) => ({ ...one, members: one.members.filter((id) => id !== change.id) }));
  }
}

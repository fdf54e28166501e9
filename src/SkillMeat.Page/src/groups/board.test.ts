import { describe, expect, it } from 'vitest';
import type { Group } from '../api/types';
import { applied, dropChange, memberChange, orderChange, pieceId, pieceOf, type Piece } from './board';

const group = (name: string, ...members: string[]): Group => ({
  name,
  members,
  collection: 'default',
  member_count: members.length,
  missing_members: [],
  other_values: {},
  description: null,
  color: null,
  icon: null,
  position: null,
});
const groups = [group('A', 'skill:1', 'skill:2', 'skill:3'), group('B', 'skill:2'), group('C')];

describe('ids of pieces', () => {
  it.each<Piece>([
    { kind: 'group', group: 'a|b %7C' },
    { kind: 'member', group: 'a|b', id: 'skill:x|y' },
    { kind: 'artifact', id: 'skill:1' },
    { kind: 'collection', name: 'ä/ö' },
  ])('come back as they were: %j', (piece) => {
    expect(pieceOf(pieceId(piece))).toEqual(piece);
  });
});

describe('a drop', () => {
  it('reorders groups', () => {
    expect(dropChange(groups, { kind: 'group', group: 'C' }, { kind: 'group', group: 'A' })).toEqual({
      kind: 'order',
      names: ['C', 'A', 'B'],
    });
  });

  it('reorders members', () => {
    expect(dropChange(groups, { kind: 'member', group: 'A', id: 'skill:1' }, { kind: 'member', group: 'A', id: 'skill:3' })).toEqual({
      kind: 'members',
      groups: [{ name: 'A', members: ['skill:2', 'skill:3', 'skill:1'] }],
    });
  });

  it('moves a member to another group, into that group first', () => {
    expect(dropChange(groups, { kind: 'member', group: 'A', id: 'skill:1' }, { kind: 'member', group: 'B', id: 'skill:2' })).toEqual({
      kind: 'members',
      groups: [
        { name: 'B', members: ['skill:1', 'skill:2'] },
        { name: 'A', members: ['skill:2', 'skill:3'] },
      ],
    });
  });

  it('moves a member whose artifact is in the other group already', () => {
    expect(dropChange(groups, { kind: 'member', group: 'A', id: 'skill:2' }, { kind: 'group', group: 'B' })).toEqual({
      kind: 'members',
      groups: [
        { name: 'B', members: ['skill:2'] },
        { name: 'A', members: ['skill:1', 'skill:3'] },
      ],
    });
  });

  it('adds an artifact, and leaves its other groups alone', () => {
    expect(dropChange(groups, { kind: 'artifact', id: 'skill:1' }, { kind: 'group', group: 'C' })).toEqual({
      kind: 'members',
      groups: [{ name: 'C', members: ['skill:1'] }],
    });
  });

  it('moves an artifact to another collection', () => {
    expect(dropChange(groups, { kind: 'member', group: 'A', id: 'skill:1' }, { kind: 'collection', name: 'work' })).toEqual({
      kind: 'move',
      id: 'skill:1',
      to: 'work',
    });
  });

  it.each<[Piece, Piece | null]>([
    [
      { kind: 'group', group: 'A' },
      { kind: 'group', group: 'A' },
    ],
    [
      { kind: 'group', group: 'A' },
      { kind: 'collection', name: 'work' },
    ],
    [
      { kind: 'member', group: 'A', id: 'skill:3' },
      { kind: 'group', group: 'A' },
    ],
    [
      { kind: 'artifact', id: 'skill:2' },
      { kind: 'group', group: 'B' },
    ],
    [{ kind: 'artifact', id: 'skill:2' }, null],
  ])('of %j on %j changes nothing', (dragged, target) => {
    expect(dropChange(groups, dragged, target)).toBeNull();
  });
});

it('never loses or doubles a member, whatever is dropped where', () => {
  for (const from of groups)
    for (const id of from.members)
      for (const target of groups)
        for (const before of [null, ...target.members]) {
          const change = memberChange(groups, { kind: 'member', group: from.name, id }, target.name, before);
          const after = change ? applied(groups, change) : groups;
          for (const one of after) expect(new Set(one.members).size).toBe(one.members.length);
          expect(new Set(after.flatMap((one) => one.members))).toEqual(new Set(groups.flatMap((one) => one.members)));
          expect(after.find((one) => one.name === target.name)?.members).toContain(id);
        }
});

it('does not move a group beyond the ends', () => {
  expect(orderChange(groups, 'A', -1)).toBeNull();
  expect(orderChange(groups, 'C', 3)).toBeNull();
});

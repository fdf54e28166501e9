import type { KeyboardCoordinateGetter } from '@dnd-kit/core';
import { expect, it, vi } from 'vitest';
import { pieceId } from './board';
import { keyboardCoordinates } from './keyboardCoordinates';

const places = new Map([
  [pieceId({ kind: 'group', group: 'near' }), { left: 300, top: 0 }],
  [pieceId({ kind: 'group', group: 'far' }), { left: 600, top: 0 }],
  [pieceId({ kind: 'collection', name: 'work' }), { left: 0, top: 400 }],
  [pieceId({ kind: 'artifact', id: '' }), { left: 10, top: 20 }],
]);

it.each([
  ['ArrowRight', { x: 300, y: 0 }],
  ['ArrowDown', { x: 0, y: 400 }],
  ['ArrowLeft', undefined],
  ['KeyA', undefined],
])('takes an artifact of the shelf to the nearest place of its way: %s', (code, expected) => {
  const args = {
    active: pieceId({ kind: 'artifact', id: 'skill:pdf' }),
    currentCoordinates: { x: 0, y: 0 },
    context: {
      collisionRect: { left: 0, top: 0 },
      droppableRects: places,
      droppableContainers: { getEnabled: () => [...places.keys()].map((id) => ({ id })), get: () => undefined },
    },
  } as unknown as Parameters<KeyboardCoordinateGetter>[1];
  expect(keyboardCoordinates({ code, preventDefault: vi.fn() } as unknown as KeyboardEvent, args)).toEqual(expected);
});

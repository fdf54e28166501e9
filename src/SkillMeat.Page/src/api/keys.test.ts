import { expect, it } from 'vitest';
import { keys, keysOf } from './keys';

it('makes only the named collections old', () => {
  const old = keysOf({ kinds: ['collections'], collections: ['work'] });
  expect(old).toContainEqual(keys.collection('work'));
  expect(old).not.toContainEqual(keys.collections);
});

it('makes all collections old where none is named', () => {
  expect(keysOf({ kinds: ['collections'], collections: [] })).toContainEqual(keys.collections);
});

it('passes on kinds that it does not know', () => {
  expect(keysOf({ kinds: ['settings'], collections: [] })).toEqual([['settings']]);
});

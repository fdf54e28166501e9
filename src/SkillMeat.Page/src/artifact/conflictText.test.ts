import { describe, expect, it } from 'vitest';
import { choicesIn, conflictsIn, partsOf, placesIn, resolved, type Choice, type Part } from './conflictText';

const merged = 'a\n<<<<<<< local\nmine\n||||||| base\nold\n=======\ntheirs\n>>>>>>> upstream\nb\n';

describe('a merged text', () => {
  it('is parted at its conflicts', () => {
    expect(partsOf(merged)).toEqual<Part[]>([
      { kind: 'text', text: 'a\n' },
      { kind: 'conflict', ours: 'mine\n', base: 'old\n', theirs: 'theirs\n', raw: merged.slice(2, -2) },
      { kind: 'text', text: 'b\n' },
    ]);
  });

  it.each([
    ['ours', 'a\nmine\nb\n'],
    ['theirs', 'a\ntheirs\nb\n'],
    ['both', 'a\nmine\ntheirs\nb\n'],
    ['base', 'a\nold\nb\n'],
  ] as const)('becomes the text of the choice %s', (choice, text) => {
    expect(resolved(partsOf(merged), [choice])).toBe(text);
  });

  it('keeps its markers until a choice is made', () => {
    expect(resolved(partsOf(merged), [])).toBe(merged);
    const windows = merged.replace(/\n/g, '\r\n');
    expect(resolved(partsOf(windows), ['open'])).toBe(windows);
  });

  it('keeps line ends and a missing last one', () => {
    const text = 'a\r\n<<<<<<< x\r\nm\r\n=======\r\nt\r\n>>>>>>> y\r\nend';
    expect(resolved(partsOf(text), ['theirs'])).toBe('a\r\nt\r\nend');
  });

  it.each(['', 'no conflict', '=======\n', '<<<<<<< a\nno end\n', 'Title\n=======\ntext\n', '<<<<<<< a\n<<<<<<< b\nx\n'])(
    'leaves %j as it is',
    (text) => {
      expect(conflictsIn(text)).toBe(0);
      expect(resolved(partsOf(text), [])).toBe(text);
    },
  );
});

const one = '<<<<<<< x\nm1\n=======\nt1\n>>>>>>> y\n';
const two = '<<<<<<< x\nm1\nm2\n=======\n>>>>>>> y\n';
const both = `a\n${one}b\n${two}`;

describe('the choices in a text', () => {
  it.each([
    ['open', 'open'],
    ['theirs', 'open'],
    ['both', 'ours'],
    ['ours', 'theirs'],
  ] as Choice[][])('are found: %s, %s', (...choices) => {
    expect(choicesIn(partsOf(both), resolved(partsOf(both), choices))).toEqual(choices);
  });

  it('are found in a text with thousands of conflicts', () => {
    const parts = partsOf(both.repeat(8000));
    expect(choicesIn(parts, resolved(parts, ['theirs']))?.slice(0, 2)).toEqual(['theirs', 'open']);
  });

  it('are none where something was written by hand', () => {
    expect(choicesIn(partsOf(both), `${both}x`)).toBeNull();
    expect(choicesIn(partsOf(both), both.replace('b', 'c'))).toBeNull();
  });
});

it('finds what is still open in a text that was edited by hand', () => {
  expect(placesIn(partsOf(both), `x${both}`)).toEqual([0, 1]);
  expect(placesIn(partsOf(both), `x\n${two}`)).toEqual([-1, 0]);
  expect(placesIn(partsOf(both), one.replace('t1', 't2') + two)).toEqual([-1, 1]);
});

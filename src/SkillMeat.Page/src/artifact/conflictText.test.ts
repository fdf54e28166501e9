import { describe, expect, it } from 'vitest';
import { conflictsIn, partsOf, resolved, type Part } from './conflictText';

const merged = 'a\n<<<<<<< local\nmine\n||||||| base\nold\n=======\ntheirs\n>>>>>>> upstream\nb\n';

describe('a merged text', () => {
  it('is parted at its conflicts', () => {
    expect(partsOf(merged)).toEqual<Part[]>([
      { kind: 'text', text: 'a\n' },
      { kind: 'conflict', ours: 'mine\n', base: 'old\n', theirs: 'theirs\n' },
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
    const text = resolved(partsOf(merged), []);
    expect(conflictsIn(text)).toBe(1);
    expect(partsOf(text)).toEqual(partsOf(merged));
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

import { expect, it } from 'vitest';
import { visibleText } from './visibleText';

it('leaves ordinary text and line ends alone', () => {
  expect(visibleText('a\tb\nc é 日本 👩‍👩‍👧')).toBe('a\tb\nc é 日本 👩‍👩‍👧');
});

it.each([
  ['a\u0000b', 'a␀b'],
  ['a\u001b[31m', 'a␛[31m'],
  ['a\u202eb', 'a⟨U+202E⟩b'],
  ['a\u200bb', 'a⟨ZWSP⟩b'],
  ['a\u{e0041}b', 'a⟨U+E0041⟩b'],
  ['a\ufff9b', 'a⟨U+FFF9⟩b'],
  ['a\u{e0100}b', 'a⟨U+E0100⟩b'],
  ['a\rb', 'a␍b'],
  ['a\r\nb', 'a\nb'],
])('shows what is hidden in %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

import { expect, it } from 'vitest';
import { plainEnds, withEnds } from './lineEnds';

it.each([
  ['a\r\nb\r\n', 'a\nxb\n', 'a\r\nxb\r\n'],
  ['a\r\nb\r\n', 'a\nb\nc\n', 'a\r\nb\r\nc\r\n'],
  ['a\r\nb', 'x\ny\nz', 'x\r\ny\r\nz'],
  ['a\r\nb\nc\rd', 'a\nb\nc\ndx', 'a\r\nb\nc\rdx'],
  ['a\r\nb\nc\r\n', 'a\nB\n2\nc\n', 'a\r\nB\r\n2\nc\r\n'],
  ['a\r\nb\r\nc', 'a\nc', 'a\r\nc'],
  ['a\r\n', '', ''],
  ['a\nb', 'a\nb\nc', 'a\nb\nc'],
])('edits %j to %j as %j', (former, edited, text) => {
  expect(withEnds(former, edited)).toBe(text);
  expect(plainEnds(text)).toBe(edited);
});

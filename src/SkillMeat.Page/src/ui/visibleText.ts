import type { ReactNode } from 'react';

const named: Record<number, string> = {
  0x00ad: 'SHY',
  0x061c: 'ALM',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200e: 'LRM',
  0x200f: 'RLM',
  0x2028: 'LS',
  0x2029: 'PS',
  0x2060: 'WJ',
  0xfeff: 'BOM',
};
// Of the characters that only format, the joiner stays: it makes one picture of several.
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u{e0000}-\u{e0fff}]|(?!\u200d)\p{Cf}/gu; // eslint-disable-line no-control-regex

/** Makes characters visible that could hide or reorder text: control characters, marks of direction, tags. */
export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(hidden, (one) => {
    const code = one.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\u27e8${named[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}\u27e9`;
  });
}

/** The same for what may be a text or elements that were made of texts already. */
export const visibleNode = (node: ReactNode): ReactNode => (typeof node === 'string' ? visibleText(node) : node);

export interface Conflict {
  kind: 'conflict';
  ours: string;
  base: string | null;
  theirs: string;
}

export type Part = { kind: 'text'; text: string } | Conflict;

export type Choice = 'ours' | 'theirs' | 'both' | 'base';

const start = /^<{7}(?: .*)?\r?\n?$/;
const middle = /^\|{7}(?: .*)?\r?\n?$/;
const divide = /^={7}\r?\n?$/;
const end = /^>{7}(?: .*)?\r?\n?$/;

/** Lines with their ends, so that nothing of the text changes on the way. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** The parts of a merged text: what both sides agree on, and the conflicts between git's markers. A marker without its partners is text. */
export function partsOf(merged: string): Part[] {
  const parts: Part[] = [];
  const lines = linesOf(merged);
  let text = '';
  for (let at = 0; at < lines.length; at++) {
    const found = start.test(lines[at] ?? '') ? conflictAt(lines, at) : null;
    if (!found) {
      text += lines[at] ?? '';
      continue;
    }
    if (text) parts.push({ kind: 'text', text });
    text = '';
    parts.push(found.conflict);
    at = found.last;
  }
  if (text) parts.push({ kind: 'text', text });
  return parts;
}

function conflictAt(lines: string[], from: number): { conflict: Conflict; last: number } | null {
  let ours = '';
  let base: string | null = null;
  let theirs: string | null = null;
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (start.test(line)) return null;
    if (theirs === null && base === null && middle.test(line)) base = '';
    else if (theirs === null && divide.test(line)) theirs = '';
    else if (theirs !== null && end.test(line)) return { conflict: { kind: 'conflict', ours, base, theirs }, last: at };
    else if (theirs !== null) theirs += line;
    else if (base !== null) base += line;
    else ours += line;
  }
  return null;
}

/** The text that the choices make; a conflict without a choice keeps its markers. */
export function resolved(parts: Part[], choices: readonly (Choice | undefined)[]): string {
  let number = 0;
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const choice = choices[number++];
      switch (choice) {
        case 'ours':
          return part.ours;
        case 'theirs':
          return part.theirs;
        case 'base':
          return part.base ?? '';
        case 'both':
          return part.ours + (part.ours && !part.ours.endsWith('\n') ? '\n' : '') + part.theirs;
        default:
          return `<<<<<<< yours\n${part.ours}${part.base === null ? '' : `||||||| base\n${part.base}`}=======\n${part.theirs}>>>>>>> upstream\n`;
      }
    })
    .join('');
}

export const conflictsIn = (text: string): number => partsOf(text).filter((part) => part.kind === 'conflict').length;

export interface Conflict {
  kind: 'conflict';
  ours: string;
  base: string | null;
  theirs: string;
  /** The whole of it as it stands in the text, with its markers. */
  raw: string;
}

export type Part = { kind: 'text'; text: string } | Conflict;

export type Choice = 'ours' | 'theirs' | 'both' | 'base' | 'open';

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
    else if (theirs !== null && end.test(line))
      return { conflict: { kind: 'conflict', ours, base, theirs, raw: lines.slice(from, at + 1).join('') }, last: at };
    else if (theirs !== null) theirs += line;
    else if (base !== null) base += line;
    else ours += line;
  }
  return null;
}

function textOf(part: Conflict, choice: Choice | undefined): string {
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
      return part.raw;
  }
}

/** The text that the choices make; a conflict without a choice stays as it is. */
export function resolved(parts: Part[], choices: readonly (Choice | undefined)[]): string {
  let number = 0;
  return parts.map((part) => (part.kind === 'text' ? part.text : textOf(part, choices[number++]))).join('');
}

const all: readonly Choice[] = ['open', 'ours', 'theirs', 'both', 'base'];

interface Step {
  choice: Choice | null;
  before: Step | null;
}

/** The choices that make the text of the parts, or null where choices alone do not make it. */
export function choicesIn(parts: Part[], text: string): Choice[] | null {
  // The places in the text that the parts so far can end at, and how. A loop, because a file can have thousands of conflicts.
  let ends = new Map<number, Step | null>([[0, null]]);
  for (const part of parts) {
    const next = new Map<number, Step | null>();
    const step = (from: number, made: string, choice: Choice | null, before: Step | null): void => {
      const end = from + made.length;
      if (!next.has(end) && text.startsWith(made, from)) next.set(end, { choice, before });
    };
    for (const [from, before] of ends) {
      if (part.kind === 'text') step(from, part.text, null, before);
      else for (const choice of all) step(from, textOf(part, choice), choice, before);
    }
    ends = next;
  }
  if (!ends.has(text.length)) return null;
  const choices: Choice[] = [];
  for (let step = ends.get(text.length) ?? null; step; step = step.before) if (step.choice) choices.push(step.choice);
  return choices.reverse();
}

const onlyConflicts = (parts: Part[]): Conflict[] => parts.filter((part) => part.kind === 'conflict');

/** For each conflict of the parts its number among those of the text, or -1 where the text does not have it as it was. */
export function placesIn(parts: Part[], text: string): number[] {
  const present = onlyConflicts(partsOf(text));
  let next = 0;
  return onlyConflicts(parts).map((one) => {
    const place = present.findIndex((other, number) => number >= next && other.raw === one.raw);
    if (place >= 0) next = place + 1;
    return place;
  });
}

export const conflictsIn = (text: string): number => partsOf(text).filter((part) => part.kind === 'conflict').length;

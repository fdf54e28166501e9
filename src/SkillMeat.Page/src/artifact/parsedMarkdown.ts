import { lexer, type Token, type Tokens } from 'marked';

const mostBytes = 256 * 1024;
const deepest = 50;
const mostMarks = 8000;

// The parser takes very long for such lines, so they are found before.
const deepLine = new RegExp(`^[ \\t]*(?:(?:>|(?:[-*+]|\\d{1,9}[.)])[ \\t])[ \\t]*){${deepest + 1}}|[[(*_~]{${deepest * 4}}`, 'm');

/** The parts of a Markdown text; null where it is too long or nested too deep to be shown as more than text. */
export function parsedMarkdown(text: string): Token[] | null {
  if (text.length > mostBytes || new TextEncoder().encode(text).length > mostBytes || deepLine.test(text)) return null;
  if (text.split(/\n\s*\n/).some((block) => marksIn(block) > mostMarks)) return null;
  try {
    const tokens = lexer(text, { gfm: true });
    return isTooDeep(tokens) ? null : tokens;
  } catch {
    return null;
  }
}

/** The marks of emphasis: the time for a paragraph grows with their square. */
const marksIn = (block: string): number => block.match(/[*_~]/g)?.length ?? 0;

function isTooDeep(tokens: Token[]): boolean {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap(inner);
  }
  return false;
}

function inner(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items.flatMap((one) => one.tokens);
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [...header, ...rows.flat()].flatMap((one) => one.tokens);
  }
  return 'tokens' in token && token.tokens ? token.tokens : [];
}

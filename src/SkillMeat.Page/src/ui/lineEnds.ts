const ends = /\r\n?/g;

/** The text as a text field has it: with \n at the end of each line. */
export const plainEnds = (text: string): string => text.replace(ends, '\n');

/** The former text with the edit that a text field shows. What was not edited keeps its line ends, and new lines end as the one before them, or as the first. */
export function withEnds(former: string, edited: string): string {
  if (!former.includes('\r')) return edited;
  const plain = plainEnds(former);
  const most = Math.min(plain.length, edited.length);
  let start = 0;
  while (start < most && plain[start] === edited[start]) start++;
  let tail = 0;
  while (tail < most - start && plain[plain.length - 1 - tail] === edited[edited.length - 1 - tail]) tail++;
  const from = placeOf(former, start);
  const before = former.slice(0, from);
  const end = before.match(/\r\n|\r|\n/g)?.at(-1) ?? /\r\n|\r|\n/.exec(former)?.[0] ?? '\n';
  return before + edited.slice(start, edited.length - tail).replace(/\n/g, end) + former.slice(placeOf(former, plain.length - tail));
}

/** Where in the text its plain form has a place. */
function placeOf(text: string, plain: number): number {
  let place = 0;
  for (let count = 0; count < plain; count++) place += text.startsWith('\r\n', place) ? 2 : 1;
  return place;
}

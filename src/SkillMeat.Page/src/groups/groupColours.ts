/** The colours that are offered. Their names stand in the manifest; the page chooses shades that fit both themes. */
export const groupColours = [
  { name: 'blue', text: 'Blue', look: 'bg-accent' },
  { name: 'violet', text: 'Violet', look: 'bg-violet' },
  { name: 'green', text: 'Green', look: 'bg-ok' },
  { name: 'amber', text: 'Amber', look: 'bg-warn' },
  { name: 'red', text: 'Red', look: 'bg-bad' },
  { name: 'teal', text: 'Teal', look: 'bg-info' },
  { name: 'gray', text: 'Grey', look: 'bg-ink-3' },
] as const;

/** The class of a named colour, or the colour itself where the manifest has one like #3366ff. */
export function groupColour(colour: string | null): { look: string } | { style: { backgroundColor: string } } {
  if (colour && /^#[0-9a-f]{3}(?:[0-9a-f]{3})?$/i.test(colour)) return { style: { backgroundColor: colour } };
  return { look: groupColours.find((one) => one.name === colour?.toLowerCase())?.look ?? 'bg-ink-3' };
}

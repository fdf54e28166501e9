const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "2 minutes ago"; "just now" below a minute, and where the clocks of browser and service differ a little. */
export function timeAgo(time: number, now: number): string {
  const seconds = Math.round((now - time) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return 'just now';
  for (const [unit, length] of steps) if (size >= length) return words.format(-Math.trunc(seconds / length), unit);
  return 'just now';
}

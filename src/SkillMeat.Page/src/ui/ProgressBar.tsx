/** A bar for work whose size is known; otherwise it says only that work goes on. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const isKnown = total > 0;
  const share = isKnown ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(isKnown ? { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 } : {})}
      className="h-1 overflow-hidden rounded-full bg-line"
    >
      <div
        className={
          isKnown
            ? 'h-full rounded-full bg-accent-fill transition-[width] duration-200'
            : 'h-full w-1/3 animate-pulse rounded-full bg-accent-fill'
        }
        {...(isKnown ? { style: { width: `${share * 100}%` } } : {})}
      />
    </div>
  );
}

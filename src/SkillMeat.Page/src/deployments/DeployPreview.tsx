import type { Deployed } from '../api/types';
import { Badge, type Tone } from '../ui/Badge';

const names: Record<Deployed['status'], { text: string; tone: Tone }> = {
  deployed: { text: 'Would be deployed', tone: 'ok' },
  updated: { text: 'Would be updated', tone: 'info' },
  unchanged: { text: 'Stays as it is', tone: 'neutral' },
  conflict: { text: 'Conflict', tone: 'bad' },
  skipped: { text: 'Skipped', tone: 'neutral' },
  removed: { text: 'Would be removed', tone: 'warn' },
  error: { text: 'Not possible', tone: 'bad' },
};

/** What a deployment would do, one line an artifact. */
export function DeployPreview({ results, error }: { results: Deployed[] | undefined; error: Error | null }) {
  if (error)
    return (
      <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
        {error.message}
      </p>
    );
  if (!results) return null;
  return (
    <ul aria-label="Preview" className="divide-y rounded-xl border">
      {results.map((one) => (
        <li key={`${one.artifact_id} ${one.profile}`} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
          <span className="min-w-0 flex-1 truncate text-base">{one.artifact_id}</span>
          <Badge tone={names[one.status].tone}>{names[one.status].text}</Badge>
          {one.reason && <span className="w-full text-sm text-ink-3">{one.reason}</span>}
        </li>
      ))}
    </ul>
  );
}

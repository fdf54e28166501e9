import type { Deployed } from '../api/types';
import { Alert } from '../ui/Alert';
import { OutcomeList, type Outcome } from '../ui/OutcomeList';

const outcomes: Record<Deployed['status'], Outcome> = {
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
  if (error) return <Alert>{error.message}</Alert>;
  if (!results) return null;
  return (
    <OutcomeList
      label="Preview"
      rows={results.map((one) => ({
        key: `${one.artifact_id} ${one.profile}`,
        name: one.artifact_id,
        outcome: outcomes[one.status],
        reason: one.reason,
      }))}
    />
  );
}

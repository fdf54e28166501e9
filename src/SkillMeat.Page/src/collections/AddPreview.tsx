import { PackageSearch } from 'lucide-react';
import type { UpstreamArtifact } from '../api/types';
import { Badge } from '../ui/Badge';
import { count } from '../ui/count';
import { EmptyState } from '../ui/EmptyState';
import { visibleText } from '../ui/visibleText';
import { TypeIcon } from './TypeIcon';

const states = {
  new: { text: 'New', tone: 'ok' },
  present: { text: 'Stays as it is', tone: 'neutral' },
  behind: { text: 'Yours stays; update it apart', tone: 'warn' },
} as const;

/** What would come into the collection. */
export function AddPreview({ artifacts }: { artifacts: UpstreamArtifact[] }) {
  if (artifacts.length === 0)
    return (
      <EmptyState icon={PackageSearch} title="The type is not known yet">
        The sources name no artifacts by their folders. Adding finds out by their content.
      </EmptyState>
    );
  const fresh = artifacts.filter((one) => one.state === 'new').length;
  return (
    <section aria-label="What would come">
      <p role="status" className="mb-3 text-base text-ink-2">
        {fresh === 0 ? 'Nothing new would come.' : `${count(fresh, 'artifact')} would come.`} Nothing was added yet.
      </p>
      <ul aria-label="Artifacts that would come" className="divide-y overflow-hidden rounded-xl border">
        {artifacts.map((one) => (
          <li key={`${one.spec} ${one.artifact_id}`} className="flex items-center gap-3 bg-surface px-3 py-2.5">
            <TypeIcon type={one.type} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-base font-medium">{visibleText(one.name)}</span>
              <span className="block truncate text-sm text-ink-3">{visibleText(one.description ?? one.path)}</span>
              <span className="block truncate font-mono text-xs text-ink-3">{visibleText(one.spec)}</span>
            </span>
            <Badge tone={states[one.state].tone}>{states[one.state].text}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}

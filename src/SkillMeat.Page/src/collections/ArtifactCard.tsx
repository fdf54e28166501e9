import { Rocket } from 'lucide-react';
import { memo } from 'react';
import type { ArtifactListItem } from '../api/types';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { Badge } from '../ui/Badge';
import { Checkbox } from '../ui/Checkbox';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { visibleText } from '../ui/visibleText';
import { shortOrigin } from './shortOrigin';
import { StateBadge } from './StateBadge';
import { TypeIcon } from './TypeIcon';
import { VersionText } from './VersionText';

interface ArtifactCardProps {
  artifact: ArtifactListItem;
  index: number;
  isSelected: boolean;
  onSelect: (ids: Iterable<string>, isSelected: boolean) => void;
  onCompare: (artifact: ArtifactListItem) => void;
}

/** Drawn again only where something of it changed: every key of a search draws the list. */
export const ArtifactCard = memo(function ArtifactCard({ artifact: one, index, isSelected, onSelect, onCompare }: ArtifactCardProps) {
  return (
    <div
      role="listitem"
      data-index={index}
      className={cx(
        'group relative flex h-49 flex-col rounded-xl border bg-surface p-4 shadow-card transition-colors hover:border-line-strong has-[[data-main]:focus-visible]:outline-2 has-[[data-main]:focus-visible]:outline-accent',
        isSelected && 'border-accent bg-accent-soft',
      )}
    >
      <div className="flex items-start gap-3">
        <TypeIcon type={one.type} />
        <div className="min-w-0 flex-1">
          <h2>
            <Link
              to={to.artifact(one.collection, one.artifact_id)}
              data-main
              className="block truncate text-base font-semibold outline-none after:absolute after:inset-0"
            >
              {visibleText(one.title ?? one.name)}
            </Link>
          </h2>
          <p className="truncate text-sm text-ink-3">{shortOrigin(one)}</p>
        </div>
        <Checkbox
          aria-label={`Select ${one.name}`}
          checked={isSelected}
          onChange={(event) => onSelect([one.artifact_id], event.target.checked)}
          className="relative z-1"
        />
      </div>
      <p className="mt-3 line-clamp-2 text-sm text-ink-2">{one.description ? visibleText(one.description) : 'No description'}</p>
      <div className="mt-auto flex min-w-0 gap-1 overflow-hidden">
        {one.tags.slice(0, 3).map((tag) => (
          <Badge key={tag} className="min-w-0">
            {visibleText(tag)}
          </Badge>
        ))}
      </div>
      <div className="mt-2.5 flex items-center gap-3 text-sm">
        <StateBadge state={one.state} name={one.name} isLocal={one.upstream === null} onCompare={() => onCompare(one)} />
        <span className="ml-auto flex min-w-0 items-center gap-3 text-ink-3">
          {one.deployments > 0 && (
            <span className="inline-flex shrink-0 items-center gap-1" title={count(one.deployments, 'deployed copy', 'deployed copies')}>
              <Rocket aria-hidden="true" className="size-3.5" />
              {one.deployments}
              <span className="sr-only">{one.deployments === 1 ? 'deployed copy' : 'deployed copies'}</span>
            </span>
          )}
          <VersionText artifact={one} />
        </span>
      </div>
    </div>
  );
});

import { GitCompare } from 'lucide-react';
import type { Deployment } from '../api/types';
import { TypeIcon } from '../collections/TypeIcon';
import { artifactName, artifactType } from '../groups/pieceName';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { Checkbox } from '../ui/Checkbox';
import { cx } from '../ui/cx';
import { IconButton } from '../ui/IconButton';
import { TimeAgo } from '../ui/TimeAgo';
import { visibleText } from '../ui/visibleText';
import { DeploymentBadge } from './DeploymentBadge';

export const deploymentKey = (one: Deployment): string => JSON.stringify([one.project, one.profile, one.artifact_id, one.path]);

export function DeploymentRow({
  deployment: one,
  project = null,
  isSelected,
  onSelect,
  onOpen,
}: {
  deployment: Deployment;
  /** The name of its project, where no head says it. */
  project?: string | null;
  isSelected: boolean;
  onSelect: (isSelected: boolean) => void;
  onOpen: () => void;
}) {
  const name = visibleText(artifactName(one.artifact_id));
  return (
    <div role="listitem" className={cx('flex h-13 items-center gap-3 border-b px-4', isSelected ? 'bg-accent-soft' : 'hover:bg-hover')}>
      <Checkbox aria-label={`Select ${one.artifact_id}`} checked={isSelected} onChange={(event) => onSelect(event.target.checked)} />
      <TypeIcon type={artifactType(one.artifact_id)} />
      <span className="min-w-0 flex-1 truncate">
        {one.collection ? (
          <Link to={to.artifact(one.collection, one.artifact_id)} className="text-base font-medium hover:underline">
            {name}
          </Link>
        ) : (
          <span className="text-base font-medium">{name}</span>
        )}
        {project !== null && (
          <span className="block truncate text-xs text-ink-3" title={one.project}>
            {visibleText(project)}
          </span>
        )}
      </span>
      <span className="w-28 truncate text-sm text-ink-3 max-lg:hidden">{one.profile}</span>
      <span className="w-24 truncate text-sm text-ink-2 max-md:hidden">{one.version && visibleText(one.version)}</span>
      <span className="w-32 text-sm text-ink-3 max-xl:hidden">
        <TimeAgo time={one.deployed_at} />
      </span>
      <span className="flex w-36 shrink-0 max-sm:w-auto">
        <DeploymentBadge state={one.state} isShort={one.state === 'in_sync'} />
      </span>
      <span className="w-8 shrink-0 max-sm:empty:hidden">
        {one.state !== 'in_sync' && <IconButton label={`See the drift of ${name}`} icon={GitCompare} className="size-8" onClick={onOpen} />}
      </span>
    </div>
  );
}

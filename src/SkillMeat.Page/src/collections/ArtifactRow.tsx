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
import { TagList } from './TagList';
import { TypeIcon } from './TypeIcon';
import { typeName } from './typeNames';
import { VersionText } from './VersionText';

export const columns = [
  'grid items-center gap-x-4 px-4 grid-cols-[1rem_minmax(0,1fr)_auto]',
  'md:grid-cols-[1rem_minmax(0,1fr)_6rem_7rem_9.5rem]',
  'lg:grid-cols-[1rem_minmax(0,1fr)_6rem_8rem_6rem_9.5rem]',
  'xl:grid-cols-[1rem_minmax(0,6fr)_5.5rem_minmax(0,3fr)_7.5rem_6rem_9rem]',
  '2xl:grid-cols-[1rem_minmax(0,5fr)_6.5rem_minmax(0,3fr)_9rem_minmax(0,2fr)_6rem_10rem]',
].join(' ');

interface ArtifactRowProps {
  artifact: ArtifactListItem;
  index: number;
  isSelected: boolean;
  onSelect: (ids: Iterable<string>, isSelected: boolean) => void;
  onCompare: (artifact: ArtifactListItem) => void;
}

/** Drawn again only where something of it changed: every key of a search draws the list. */
export const ArtifactRow = memo(function ArtifactRow({ artifact: one, index, isSelected, onSelect, onCompare }: ArtifactRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={cx(columns, 'relative h-[60px] border-b transition-colors', isSelected ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <span role="cell" className="relative z-1 flex">
        <Checkbox
          aria-label={`Select ${one.name}`}
          checked={isSelected}
          onChange={(event) => onSelect([one.artifact_id], event.target.checked)}
        />
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-3">
        <TypeIcon type={one.type} />
        <span className="min-w-0">
          <Link
            to={to.artifact(one.collection, one.artifact_id)}
            data-main
            className="block truncate text-base font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {visibleText(one.title ?? one.name)}
          </Link>
          <span className="block truncate text-sm text-ink-3">{one.description ? visibleText(one.description) : 'No description'}</span>
        </span>
      </span>
      <span role="cell" className="truncate text-sm text-ink-2 max-md:hidden">
        {typeName(one.type).one}
      </span>
      <span role="cell" className="min-w-0 max-xl:hidden">
        <TagList tags={one.tags} />
      </span>
      <span role="cell" className="min-w-0 text-sm max-md:hidden">
        <VersionText artifact={one} />
      </span>
      <span role="cell" className="truncate text-sm text-ink-3 max-2xl:hidden" title={one.upstream ?? undefined}>
        {shortOrigin(one)}
      </span>
      <span role="cell" className="flex items-center text-sm text-ink-3 max-lg:hidden">
        {one.deployments > 0 && (
          <span className="inline-flex items-center gap-1.5">
            <Rocket aria-hidden="true" className="size-3.5" />
            {one.deployments}
            {/* An outdated copy differs, too. */}
            {one.drifted > 0 && <Badge tone="violet">{count(one.drifted, 'differs', 'differ')}</Badge>}
          </span>
        )}
      </span>
      <span role="cell" className="flex justify-end md:justify-start">
        <StateBadge state={one.state} name={one.name} isLocal={one.upstream === null} isShort onCompare={() => onCompare(one)} />
      </span>
    </div>
  );
});

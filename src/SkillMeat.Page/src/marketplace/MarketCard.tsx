import { Check, Plus } from 'lucide-react';
import type { MarketplaceArtifact } from '../api/types';
import { TypeIcon } from '../collections/TypeIcon';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { visibleText } from '../ui/visibleText';

export function MarketCard({
  artifact: one,
  collection,
  onAdd,
}: {
  artifact: MarketplaceArtifact;
  collection: string;
  onAdd: (spec: string) => void;
}) {
  const { source } = one;
  const isHere = one.state === 'present' || one.state === 'behind';
  return (
    <li className="flex flex-col rounded-xl border bg-surface p-4 shadow-card">
      <div className="flex items-start gap-3">
        <TypeIcon type={one.type ?? 'unknown'} />
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-base font-semibold">{visibleText(one.name)}</h3>
          <p className="truncate text-sm text-ink-3">{visibleText(one.plugin ? `${one.marketplace} · ${one.plugin}` : one.marketplace)}</p>
        </div>
        {one.version && <Badge>{visibleText(one.version)}</Badge>}
      </div>
      <p className="mt-3 mb-4 line-clamp-3 text-sm text-ink-2">
        {one.problem ?? (one.description ? visibleText(one.description) : 'No description')}
      </p>
      <div className="mt-auto flex items-center justify-between gap-2">
        <span className="flex min-w-0 gap-1 overflow-hidden">
          {one.tags.slice(0, 2).map((tag) => (
            <Badge key={tag}>{visibleText(tag)}</Badge>
          ))}
        </span>
        {isHere && one.artifact_id ? (
          <Button size="sm" variant="ghost" asChild>
            <Link to={to.artifact(collection, one.artifact_id)}>
              <Check aria-hidden="true" className="size-4" />
              {one.state === 'behind' ? 'Update there' : 'In the collection'}
            </Link>
          </Button>
        ) : (
          <Button
            size="sm"
            icon={Plus}
            disabled={!source}
            aria-label={`Add ${one.name}`}
            onClick={() => {
              if (source) onAdd(source);
            }}
          >
            Add
          </Button>
        )}
      </div>
    </li>
  );
}

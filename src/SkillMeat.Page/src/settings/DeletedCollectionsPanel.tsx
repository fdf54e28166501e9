import { useQuery } from '@tanstack/react-query';
import { ArchiveRestore } from 'lucide-react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Page, RestorableCollection } from '../api/types';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { count } from '../ui/count';
import { Panel } from '../ui/Panel';
import { TimeAgo } from '../ui/TimeAgo';
import { visibleText } from '../ui/visibleText';

/** The collections of which only snapshots are left; nothing where there are none. */
export function DeletedCollectionsPanel() {
  const { data } = useQuery({
    queryKey: keys.deletedCollections,
    queryFn: ({ signal }) => request<Page<RestorableCollection>>('/deleted-collections', { signal }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title="Deleted collections" flush>
      <ul className="divide-y">
        {data.items.map((one) => (
          <li key={one.name} className="flex items-center gap-3 px-4 py-2.5">
            <ArchiveRestore aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" />
            <div className="min-w-0 flex-1">
              <Link to={to.snapshots(one.name)} className="block truncate text-base font-medium hover:underline">
                {visibleText(one.name)}
              </Link>
              <p className="truncate text-sm text-ink-3">
                {count(one.snapshot_count, 'snapshot')}, the last <TimeAgo time={one.last_snapshot_at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

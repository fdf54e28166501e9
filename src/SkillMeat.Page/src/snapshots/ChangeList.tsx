import type { SnapshotChange } from '../api/types';
import { TypeIcon } from '../collections/TypeIcon';
import { artifactName, artifactType } from '../groups/pieceName';
import { Badge } from '../ui/Badge';
import { visibleText } from '../ui/visibleText';

const names = {
  added: { text: 'Added', tone: 'ok' },
  changed: { text: 'Changed', tone: 'info' },
  deleted: { text: 'Removed', tone: 'bad' },
} as const;

/** The artifacts that are different between two versions of a collection. */
export function ChangeList({ changes, empty }: { changes: SnapshotChange[]; empty: string }) {
  if (changes.length === 0) return <p className="text-sm text-ink-3">{empty}</p>;
  return (
    <ul className="space-y-1.5">
      {changes.map((one) => (
        <li key={`${one.artifact_id} ${one.change}`} className="flex items-center gap-3">
          <TypeIcon type={artifactType(one.artifact_id)} />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-base">{visibleText(artifactName(one.artifact_id))}</span>
            {one.changed_files.length > 0 && (
              <span className="block truncate text-sm text-ink-3">{one.changed_files.map(visibleText).join(', ')}</span>
            )}
          </span>
          <Badge tone={names[one.change].tone}>{names[one.change].text}</Badge>
        </li>
      ))}
    </ul>
  );
}

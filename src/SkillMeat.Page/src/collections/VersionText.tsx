import { ArrowRight } from 'lucide-react';
import type { ArtifactListItem } from '../api/types';
import { visibleText } from '../ui/visibleText';

const short = (version: string): string => visibleText(/^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version);

/** The version, and the one that upstream has if it is newer. */
export function VersionText({ artifact }: { artifact: Pick<ArtifactListItem, 'version' | 'upstream_version' | 'state'> }) {
  if (!artifact.version)
    return (
      <span className="text-ink-3">
        —<span className="sr-only">no version</span>
      </span>
    );
  const isNewer =
    artifact.state === 'update_available' && artifact.upstream_version !== null && artifact.upstream_version !== artifact.version;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="truncate">{short(artifact.version)}</span>
      {isNewer && (
        <>
          <ArrowRight role="img" aria-label="can become" className="size-3 shrink-0 text-ink-3" />
          <span className="truncate font-medium text-warn">{short(artifact.upstream_version ?? '')}</span>
        </>
      )}
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { request } from '../api/request';
import { watched } from '../api/watched';
import type { Artifact, ArtifactManifest } from '../api/types';
import { shortOrigin } from '../collections/shortOrigin';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { Badge } from '../ui/Badge';
import { ErrorState } from '../ui/ErrorState';
import { Panel } from '../ui/Panel';
import { Skeleton } from '../ui/Skeleton';
import { TimeAgo } from '../ui/TimeAgo';
import { visibleText } from '../ui/visibleText';
import { splitFrontMatter } from './frontMatter';
import { Markdown } from './Markdown';
import { safeLink } from './safeLink';

/** The manifest file as it reads, and where the artifact comes from. */
export function OverviewTab({ artifact }: { artifact: Artifact }) {
  const { collection, artifact_id: id } = artifact;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'manifest'),
    queryFn: ({ signal }) => request<ArtifactManifest>(`${artifactPath(collection, id)}/manifest`, { signal }),
    ...watched,
  });
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
      <Panel title={data ? <span className="font-mono text-sm font-medium">{visibleText(data.path)}</span> : 'Text'}>
        {isPending ? (
          <div className="space-y-3">
            <Skeleton className="h-6 w-60" />
            <Skeleton className="h-4" />
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-32" />
          </div>
        ) : !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <ManifestText text={data.text} />
        )}
      </Panel>
      <div className="space-y-5">
        <Provenance artifact={artifact} />
        {(artifact.tags.length > 0 || artifact.groups.length > 0) && (
          <Panel title="Sorted into">
            <div className="flex flex-wrap gap-1.5">
              {artifact.groups.map((one) => (
                <Link key={`g ${one}`} to={`${to.collection(collection)}?group=${encodeURIComponent(one)}`} className="rounded-md">
                  <Badge tone="accent">{visibleText(one)}</Badge>
                </Link>
              ))}
              {artifact.tags.map((one) => (
                <Link key={one} to={`${to.collection(collection)}?tag=${encodeURIComponent(one)}`} className="rounded-md">
                  <Badge>{visibleText(one)}</Badge>
                </Link>
              ))}
            </div>
          </Panel>
        )}
        {[
          ['Tools', artifact.tools] as const,
          ['Depends on', artifact.dependencies] as const,
          ['Refers to', artifact.linked_artifacts.map((one) => one.artifact_id ?? one.name ?? '')] as const,
        ].map(
          ([title, values]) =>
            values.length > 0 && (
              <Panel key={title} title={title}>
                <div className="flex flex-wrap gap-1.5">
                  {values.map((one) => (
                    <Badge key={one}>{visibleText(one)}</Badge>
                  ))}
                </div>
              </Panel>
            ),
        )}
      </div>
    </div>
  );
}

function ManifestText({ text }: { text: string }) {
  const { fields, body } = splitFrontMatter(text);
  return (
    <>
      {fields.length > 0 && (
        <dl className="mb-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 rounded-lg border bg-canvas px-4 py-3 text-sm">
          {fields.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="font-medium text-ink-3">{visibleText(name)}</dt>
              <dd className="wrap-anywhere whitespace-pre-wrap">{visibleText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {body.trim() ? <Markdown text={body} /> : <p className="text-base text-ink-3">The file has no text.</p>}
    </>
  );
}

function Provenance({ artifact }: { artifact: Artifact }) {
  const link = artifact.upstream ? safeLink(artifact.upstream) : null;
  const origin = shortOrigin(artifact);
  const sha = artifact.resolved_sha;
  return (
    <Panel title="Where it comes from">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-2 text-sm">
        <Fact name="Upstream">
          {link ? (
            <a href={link} target="_blank" rel="noopener noreferrer" className="font-medium text-accent hover:underline">
              {visibleText(origin)}
              <span className="sr-only"> (opens apart)</span>
            </a>
          ) : (
            visibleText(artifact.upstream ?? 'None: made here')
          )}
        </Fact>
        {artifact.ref && <Fact name="Follows">{visibleText(artifact.ref)}</Fact>}
        {artifact.resolved_version && <Fact name="Version">{visibleText(artifact.resolved_version)}</Fact>}
        {sha && (
          <Fact name="Commit">
            <span className="font-mono text-xs" title={sha}>
              {sha.slice(0, 12)}
            </span>
          </Fact>
        )}
        {artifact.update?.upstream_version && artifact.update.state === 'update_available' && (
          <Fact name="Newest">{visibleText(artifact.update.upstream_version)}</Fact>
        )}
        {artifact.author && <Fact name="Author">{visibleText(artifact.author)}</Fact>}
        {artifact.license && <Fact name="Licence">{visibleText(artifact.license)}</Fact>}
        {artifact.category && <Fact name="Category">{visibleText(artifact.category)}</Fact>}
        <Fact name="Added">
          <TimeAgo time={artifact.added} />
        </Fact>
        <Fact name="Changed">
          <TimeAgo time={artifact.last_updated} />
        </Fact>
        {artifact.tags_imported_at && (
          <Fact name="Tags from">
            upstream, <TimeAgo time={artifact.tags_imported_at} />
          </Fact>
        )}
        <Fact name="Checked">
          <TimeAgo time={artifact.update?.checked_at} />
        </Fact>
        <Fact name="Folder">
          <span className="font-mono text-xs">{visibleText(artifact.path)}</span>
        </Fact>
      </dl>
    </Panel>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="wrap-anywhere">{children}</dd>
  </>
);

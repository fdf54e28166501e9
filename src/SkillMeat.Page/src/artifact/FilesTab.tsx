import { useQuery } from '@tanstack/react-query';
import { File, FileCode, FileLock } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath, filePath } from '../api/paths';
import { request, requestItems } from '../api/request';
import { watched } from '../api/watched';
import type { ArtifactFile, ArtifactFileText } from '../api/types';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { Select } from '../ui/Select';
import { Skeleton, SkeletonRows } from '../ui/Skeleton';
import { cx } from '../ui/cx';
import { formatBytes } from '../ui/formatBytes';
import { visibleText } from '../ui/visibleText';

/** The files of an artifact, and the text of the chosen one. */
export function FilesTab({ collection, id }: { collection: string; id: string }) {
  const [chosen, setChosen] = useState('');
  const {
    data: files,
    error,
    isPending,
    refetch,
  } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'files'),
    queryFn: ({ signal }) => requestItems<ArtifactFile>(`${artifactPath(collection, id)}/files`, { signal }),
    ...watched,
  });
  if (isPending) return <SkeletonRows rows={5} label="The files are loading" />;
  if (!files) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const file = files.find((one) => one.path === chosen) ?? files.find((one) => one.is_text) ?? files[0];
  if (!file)
    return (
      <EmptyState icon={File} title="It has no files">
        Its folder is empty. Restore it from a snapshot, or remove it.
      </EmptyState>
    );
  return (
    <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-[17rem_minmax(0,1fr)] 2xl:grid-cols-[22rem_minmax(0,1fr)]">
      <Select
        label="File"
        className="md:hidden"
        value={file.path}
        options={files.map((one) => ({ value: one.path, text: one.path }))}
        onChoose={setChosen}
      />
      <ul aria-label="Files" className="rounded-xl border bg-surface p-1.5 shadow-card max-md:hidden">
        {files.map((one) => {
          const Icon = !one.is_text ? FileLock : one.mode === '755' ? FileCode : File;
          return (
            <li key={one.path}>
              <button
                type="button"
                aria-current={one === file}
                onClick={() => setChosen(one.path)}
                className={cx(
                  'flex w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left text-sm',
                  one === file ? 'bg-accent-soft text-accent' : 'hover:bg-hover',
                )}
              >
                <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
                <span className="min-w-0 flex-1 truncate" title={one.path}>
                  {visibleText(one.path)}
                </span>
                <span className="text-xs text-ink-3">{formatBytes(one.size)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <FileText key={file.path} collection={collection} id={id} file={file} />
    </div>
  );
}

function FileText({ collection, id, file }: { collection: string; id: string; file: ArtifactFile }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'files', file.path),
    queryFn: ({ signal }) => request<ArtifactFileText>(filePath(collection, id, file.path), { signal }),
    ...watched,
  });
  return (
    <section aria-label={file.path} className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
      <header className="flex items-center gap-3 border-b px-4 py-2.5">
        <h2 className="min-w-0 flex-1 truncate font-mono text-sm font-medium">{visibleText(file.path)}</h2>
        <span className="text-sm text-ink-3">{formatBytes(file.size)}</span>
      </header>
      {isPending ? (
        <div className="space-y-2 p-4">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-4 w-3/5" />
        </div>
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data.text === null || !data.is_text ? (
        <EmptyState icon={FileLock} title="Not a text file">
          Its content is not shown here.
        </EmptyState>
      ) : (
        <div className="scroll max-h-[70dvh] overflow-auto" tabIndex={0} role="region" aria-label={`Text of ${file.path}`}>
          <Lines text={visibleText(data.text)} />
          {data.truncated && <p className="border-t px-4 py-2 text-sm text-ink-3">Only the beginning is shown.</p>}
        </div>
      )}
    </section>
  );
}

function Lines({ text }: { text: string }) {
  const number = text.endsWith('\n') ? text.split('\n').length - 1 : text.split('\n').length;
  return (
    <div className="flex min-w-max py-3 font-mono text-xs leading-5">
      <pre aria-hidden="true" className="sticky left-0 bg-surface px-4 text-right text-ink-3 select-none">
        {Array.from({ length: number }, (_, index) => index + 1).join('\n')}
      </pre>
      <pre className="pr-6">{text}</pre>
    </div>
  );
}

import { useMutation } from '@tanstack/react-query';
import { FolderSearch, PackageSearch } from 'lucide-react';
import { useEffect, useState } from 'react';
import { request } from '../api/request';
import type { Job, UpstreamArtifact } from '../api/types';
import { useJobs } from '../jobs/useJobs';
import { AddressField } from '../ui/AddressField';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { ChoiceList } from './ChoiceList';

interface SourceChoiceProps {
  /** The collection with which the source is compared. */
  collection: string;
  source: string;
  chosen: ReadonlySet<string>;
  onChoose: (specs: Iterable<string>, isChosen: boolean) => void;
  onSource: () => void;
}

/** Reads what a repository or folder has, and lets one choose. */
export function SourceChoice({ collection, source, chosen, onChoose, onSource }: SourceChoiceProps) {
  const [text, setText] = useState(source);
  const { run } = useJobs();
  const browse = useMutation({
    mutationFn: (where: string) =>
      run(
        'Reading the source',
        () => request<Job<UpstreamArtifact[]>>('/browse', { method: 'POST', body: { source: where, collection } }),
        {
          quiet: true,
        },
      ),
    onSuccess: (items) => {
      const only = items.length === 1 ? items[0] : undefined;
      if (only && only.state !== 'present') onChoose([only.spec], true);
    },
  });
  const { mutate } = browse;
  useEffect(() => {
    if (source) mutate(source);
  }, [source, mutate]);
  return (
    <div className="space-y-4">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!text.trim()) return;
          onSource();
          mutate(text.trim());
        }}
      >
        <AddressField
          label="Where from"
          className="min-w-0 flex-1"
          placeholder="anthropics/skills, a GitHub address, or a folder"
          value={text}
          onText={setText}
        />
        <Button type="submit" icon={FolderSearch} busy={browse.isPending} disabled={!text.trim()}>
          Look
        </Button>
      </form>
      {browse.isPending ? (
        <SkeletonRows rows={4} label="The source is being read" />
      ) : browse.error ? (
        <ErrorState error={browse.error} onRetry={() => mutate(text.trim())} />
      ) : browse.data ? (
        browse.data.length === 0 ? (
          <EmptyState icon={PackageSearch} title="No artifacts there">
            A skill is a folder with a SKILL.md; commands and agents are Markdown files in commands/ and agents/.
          </EmptyState>
        ) : (
          <ChoiceList
            choices={browse.data.map((one) => ({ ...one, key: one.spec, detail: one.path }))}
            chosen={chosen}
            onChoose={onChoose}
          />
        )
      ) : (
        <div className="rounded-xl border border-dashed p-5 text-sm text-ink-3">
          <p className="mb-2 font-medium text-ink-2">Examples</p>
          <ul className="space-y-1 font-mono text-xs">
            <li>anthropics/skills</li>
            <li>anthropics/skills/document-skills/pdf@v1.2.0</li>
            <li>https://github.com/owner/repository/tree/main/skills/name</li>
            <li>/home/me/my-skills</li>
          </ul>
        </div>
      )}
    </div>
  );
}

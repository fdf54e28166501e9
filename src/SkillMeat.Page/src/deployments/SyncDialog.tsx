import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/request';
import type { Job, Sync } from '../api/types';
import { useJobs } from '../jobs/useJobs';
import { Badge, type Tone } from '../ui/Badge';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { visibleText } from '../ui/visibleText';
import { shortProject } from './shortProject';
import { useProjects } from './useProjects';
import { useSync, type Direction } from './useSync';

const directions = [
  { value: 'both', text: 'Both ways' },
  { value: 'push', text: 'Push' },
  { value: 'pull', text: 'Pull' },
] as const;
const explanations: Record<Direction, string> = {
  both: 'Each copy goes the way its drift asks for; edits on both sides are merged.',
  push: 'Edits in the projects go into the collection.',
  pull: 'The collection’s version comes into the projects.',
};
const strategies = [
  { value: 'merge', text: 'Merge; leave conflicts alone' },
  { value: 'overwrite', text: 'Overwrite; keep the replaced content' },
  { value: 'fork', text: 'Make a new artifact of edits' },
];
const names: Record<Sync['status'], { text: string; tone: Tone }> = {
  pushed: { text: 'Push', tone: 'info' },
  pulled: { text: 'Pull', tone: 'violet' },
  merged: { text: 'Merge', tone: 'ok' },
  forked: { text: 'New artifact', tone: 'violet' },
  unchanged: { text: 'Unchanged', tone: 'neutral' },
  skipped: { text: 'Skipped', tone: 'neutral' },
  conflict: { text: 'Conflict', tone: 'bad' },
  error: { text: 'Error', tone: 'bad' },
};

/** Brings projects and collection into line, after a look at what would happen. */
export function SyncDialog({ onClose }: { onClose: () => void }) {
  const [direction, setDirection] = useState<Direction>('both');
  const [strategy, setStrategy] = useState('merge');
  const [project, setProject] = useState('');
  const { data: projects } = useProjects();
  const { run } = useJobs();
  const sync = useSync(onClose);
  const body = { direction, strategy, ...(project ? { projects: [project] } : {}) };
  const preview = useMutation({
    mutationFn: () =>
      run('Planning', () => request<Job<Sync[]>>('/sync', { method: 'POST', body: { ...body, dry_run: true } }), { quiet: true }),
  });
  const planned = preview.data?.filter((one) => one.status !== 'unchanged');
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="md"
      title="Sync projects and collection"
      description="Look at the preview first: it changes nothing."
      footer={
        <>
          <Button busy={preview.isPending} onClick={() => preview.mutate()}>
            Preview
          </Button>
          <Button variant="primary" busy={sync.isPending} disabled={planned?.length === 0} onClick={() => sync.mutate(body)}>
            {planned && planned.length > 0 ? `Sync ${count(planned.length, 'copy', 'copies')}` : 'Sync'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <div>
          <Segmented<Direction>
            label="Direction"
            value={direction}
            options={directions}
            onChoose={(one) => {
              setDirection(one);
              preview.reset();
            }}
          />
          <p className="mt-1.5 text-sm text-ink-3">{explanations[direction]}</p>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Project"
            value={project}
            options={[{ value: '', text: 'All projects' }, ...(projects?.items ?? []).map((one) => ({ value: one.path, text: one.name }))]}
            onChoose={(one) => {
              setProject(one);
              preview.reset();
            }}
          />
          <Select
            label="Where both sides differ"
            value={strategy}
            options={strategies}
            onChoose={(one) => {
              setStrategy(one);
              preview.reset();
            }}
          />
        </div>
        {preview.error && (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
            {preview.error.message}
          </p>
        )}
        {planned &&
          (planned.length === 0 ? (
            <p role="status" className="rounded-lg border border-dashed px-4 py-6 text-center text-base text-ink-3">
              Everything is in sync.
            </p>
          ) : (
            <ul aria-label="Preview" className="divide-y rounded-xl border">
              {planned.map((one) => (
                <li key={`${one.project} ${one.profile} ${one.artifact_id}`} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
                  <span className="min-w-0 flex-1 truncate text-base">
                    {visibleText(one.artifact_id)} <span className="text-ink-3">in {visibleText(shortProject(one.project))}</span>
                  </span>
                  <Badge tone={names[one.status].tone}>{names[one.status].text}</Badge>
                  {one.reason && <span className="w-full text-sm text-ink-3">{one.reason}</span>}
                </li>
              ))}
            </ul>
          ))}
      </div>
    </Dialog>
  );
}

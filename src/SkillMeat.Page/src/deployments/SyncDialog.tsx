import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/request';
import type { Job, Sync } from '../api/types';
import { useJobs } from '../jobs/useJobs';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { visibleText } from '../ui/visibleText';
import { directions, outcomes, type Direction } from './directions';
import { DriftDialog } from './DriftDialog';
import { OverwriteConfirm, replacedBy } from './OverwriteConfirm';
import { shortProject } from './shortProject';
import { canTakeSide } from './syncToast';
import { useProjects } from './useProjects';
import { useSync } from './useSync';

const ways = (['both', 'push', 'pull'] as const).map((value) => ({ value, text: directions[value].text }));
const strategies = [
  { value: 'merge', text: 'Merge; leave conflicts alone' },
  { value: 'overwrite', text: 'Overwrite; keep the replaced content' },
  { value: 'fork', text: 'Make a new artifact of edits' },
];
/** Brings projects and collection into line, after a look at what would happen. */
export function SyncDialog({ onClose }: { onClose: () => void }) {
  const [direction, setDirection] = useState<Direction>('both');
  const [strategy, setStrategy] = useState('merge');
  const [project, setProject] = useState('');
  const { data: projects } = useProjects();
  const { run } = useJobs();
  const [open, setOpen] = useState<Sync[]>([]);
  const [resolved, setResolved] = useState<Sync | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const body = { direction, strategy, ...(project ? { projects: [project] } : {}) };
  const preview = useMutation({
    mutationFn: () =>
      run('Planning', () => request<Job<Sync[]>>('/sync', { method: 'POST', body: { ...body, dry_run: true } }), { quiet: true }),
  });
  const sync = useSync((results) => {
    const conflicts = results.filter((one) => one.status === 'conflict');
    setOpen(conflicts);
    preview.reset();
    if (conflicts.length === 0) onClose();
  });
  const planned = preview.data?.filter((one) => one.status !== 'unchanged');
  const isOverwrite = strategy === 'overwrite' && direction !== 'both';
  // Nothing is overwritten that was not shown.
  const canStart = isOverwrite ? planned !== undefined && replacedBy(planned, direction) > 0 : planned?.length !== 0;
  const shown = planned ?? (open.length > 0 ? open : undefined);
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
          <Button
            variant="primary"
            busy={sync.isPending}
            disabled={!canStart || preview.isPending}
            onClick={() => (isOverwrite ? setIsAsking(true) : sync.mutate(body))}
          >
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
            options={ways}
            onChoose={(one) => {
              setDirection(one);
              if (one === 'both' && strategy === 'overwrite') setStrategy('merge');
              preview.reset();
            }}
          />
          <p className="mt-1.5 text-sm text-ink-3">{directions[direction].explanation}</p>
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
            // With both ways, no side is the one to keep.
            options={strategies.filter((one) => direction !== 'both' || one.value !== 'overwrite')}
            onChoose={(one) => {
              setStrategy(one);
              preview.reset();
            }}
          />
        </div>
        {isOverwrite && !planned && <p className="text-sm text-ink-3">To overwrite, look at the preview of this choice first.</p>}
        {preview.error && (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
            {preview.error.message}
          </p>
        )}
        {shown &&
          (shown.length === 0 ? (
            <p role="status" className="rounded-lg border border-dashed px-4 py-6 text-center text-base text-ink-3">
              Everything is in sync.
            </p>
          ) : (
            <ul aria-label={planned ? 'Preview' : 'In conflict'} className="divide-y rounded-xl border">
              {shown.map((one) => (
                <li key={`${one.project} ${one.profile} ${one.artifact_id}`} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
                  <span className="min-w-0 flex-1 truncate text-base">
                    {visibleText(one.artifact_id)} <span className="text-ink-3">in {visibleText(shortProject(one.project))}</span>
                  </span>
                  <Badge tone={outcomes[one.status].tone}>{outcomes[one.status].text}</Badge>
                  {canTakeSide(one) && (
                    <Button size="sm" aria-label={`Resolve ${one.artifact_id}`} onClick={() => setResolved(one)}>
                      Resolve
                    </Button>
                  )}
                  {one.reason && <span className="w-full text-sm text-ink-3">{one.reason}</span>}
                </li>
              ))}
            </ul>
          ))}
      </div>
      {isAsking && isOverwrite && planned && (
        <OverwriteConfirm
          planned={planned}
          direction={direction}
          onConfirm={() => {
            setIsAsking(false);
            sync.mutate(body);
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
      {resolved && (
        <DriftDialog
          // This dialog syncs projects, and the user's own folders are none.
          deployment={{ ...resolved, state: 'conflict', is_user_scope: false }}
          onDone={(results) => {
            if (results.some((one) => one.status === 'conflict')) return;
            const left = open.filter((one) => !isSameCopy(one, resolved));
            setOpen(left);
            if (open.length > 0 && left.length === 0) onClose();
            else if (preview.data) preview.mutate();
          }}
          onClose={() => setResolved(null)}
        />
      )}
    </Dialog>
  );
}

const isSameCopy = (one: Sync, other: Sync): boolean =>
  one.artifact_id === other.artifact_id &&
  one.project === other.project &&
  one.profile === other.profile &&
  one.collection === other.collection;

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/request';
import type { Job, Sync } from '../api/types';
import { useJobs } from '../jobs/useJobs';
import { Alert } from '../ui/Alert';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { OutcomeList } from '../ui/OutcomeList';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { directions, outcomes, type Direction } from './directions';
import { DriftDialog } from './DriftDialog';
import { OverwriteConfirm, replacedBy } from './OverwriteConfirm';
import { ownFolders, ownFoldersName, placeName } from './ownFolders';
import { canTakeSide } from './syncToast';
import { useProfiles } from './useProfiles';
import { useProjects } from './useProjects';
import { useSync } from './useSync';

const ways = (['both', 'push', 'pull'] as const).map((value) => ({ value, text: directions[value].text }));
const strategies = [
  { value: 'merge', text: 'Merge; leave conflicts alone' },
  { value: 'overwrite', text: 'Overwrite, and keep what is replaced' },
  { value: 'fork', text: 'Turn edits into a new artifact' },
];
/** Brings projects and collection into line, after a look at what would happen. */
export function SyncDialog({ onClose }: { onClose: () => void }) {
  const [direction, setDirection] = useState<Direction>('both');
  const [strategy, setStrategy] = useState('merge');
  const [project, setProject] = useState('');
  const [profile, setProfile] = useState('');
  const { data: projects } = useProjects();
  const { data: profiles } = useProfiles(project || ownFolders);
  const { run } = useJobs();
  const [open, setOpen] = useState<Sync[]>([]);
  const [resolved, setResolved] = useState<Sync | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const agents = (profiles?.items ?? []).map((one) => one.profile);
  const body = { direction, strategy, ...(project ? { projects: [project] } : {}), ...(profile ? { profile } : {}) };
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
            options={[
              { value: '', text: 'All projects' },
              ...(projects?.items ?? []).map((one) => ({ value: one.path, text: one.name })),
              { value: ownFolders, text: ownFoldersName },
            ]}
            onChoose={(one) => {
              setProject(one);
              setProfile('');
              preview.reset();
            }}
          />
          <Select
            label="Profile"
            value={profile}
            options={[{ value: '', text: 'All profiles' }, ...agents.map((one) => ({ value: one, text: one }))]}
            onChoose={(one) => {
              setProfile(one);
              preview.reset();
            }}
          />
          <Select
            label="Where both sides differ"
            className="sm:col-span-2"
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
        {preview.error && <Alert>{preview.error.message}</Alert>}
        {shown &&
          (shown.length === 0 ? (
            <p role="status" className="rounded-lg border border-dashed px-4 py-6 text-center text-base text-ink-3">
              Everything is in sync.
            </p>
          ) : (
            <OutcomeList
              label={planned ? 'Preview' : 'In conflict'}
              rows={shown.map((one) => ({
                key: JSON.stringify([one.project, one.is_user_scope, one.profile, one.artifact_id, one.collection]),
                name: one.artifact_id,
                place: placeName(one),
                outcome: outcomes[one.status],
                reason: one.reason,
                action: canTakeSide(one) && (
                  <Button size="sm" aria-label={`Resolve ${one.artifact_id}`} onClick={() => setResolved(one)}>
                    Resolve
                  </Button>
                ),
              }))}
            />
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
          deployment={{ ...resolved, state: 'conflict' }}
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
  one.is_user_scope === other.is_user_scope &&
  one.profile === other.profile &&
  one.collection === other.collection;

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Adopted, DeploymentState, Job } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { ErrorState } from '../ui/ErrorState';
import { OutcomeList, type Outcome } from '../ui/OutcomeList';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import type { Copy } from './byPlace';
import { DeploymentBadge } from './DeploymentBadge';
import { deploymentStates } from './deploymentStates';
import { placeName, projectOf } from './ownFolders';

const outcomes: Record<Adopted['status'], Outcome & { isChange: boolean }> = {
  adopted: { text: 'Comes into the collection', tone: 'ok', isChange: true },
  recorded: { text: 'Is there already; becomes its deployment', tone: 'ok', isChange: true },
  copied: { text: 'A copy comes into the collection', tone: 'ok', isChange: true },
  unchanged: { text: 'Is there already', tone: 'neutral', isChange: false },
  skipped: { text: 'Left as it is', tone: 'neutral', isChange: false },
  conflict: { text: 'The collection has another of this name', tone: 'bad', isChange: false },
  error: { text: 'Not possible', tone: 'bad', isChange: false },
};

/** Takes a copy that the collection does not know into it, after a look at what would happen. */
export function AdoptDialog({
  copy,
  collection,
  onClose,
}: {
  copy: Copy & { state: DeploymentState };
  collection: string;
  onClose: () => void;
}) {
  const { artifact_id: id, profile, state } = copy;
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const body = { projects: [projectOf(copy)], artifacts: [id], profile, collection };
  const plan = useQuery({
    queryKey: [...keys.projects, 'adoption', body],
    queryFn: () =>
      run('Planning', () => request<Job<Adopted[]>>('/adopt', { method: 'POST', body: { ...body, dry_run: true } }), { quiet: true }),
    staleTime: 0,
    retry: false,
  });
  const adopt = useMutation({
    mutationFn: () => run('Adopting', () => request<Job<Adopted[]>>('/adopt', { method: 'POST', body })),
    onSuccess: (results) => {
      const failed = results.find((one) => !outcomes[one.status].isChange);
      toast.show(
        failed || results.length === 0
          ? { tone: 'bad', title: 'It was not adopted', text: failed?.reason ?? 'It is not there any more.' }
          : { tone: 'ok', title: `${id} is in the collection now`, text: `The copy in ${placeName(copy)} is its deployment.` },
      );
      onClose();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'It was not adopted')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="md"
      title={visibleText(id)}
      description={`The copy in ${placeName(copy)} (${profile})`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={adopt.isPending}
            disabled={!plan.data?.some((one) => outcomes[one.status].isChange)}
            onClick={() => adopt.mutate()}
          >
            Adopt
          </Button>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <DeploymentBadge state={state} />
        <p className="text-base text-ink-2">{deploymentStates[state].advice}</p>
      </div>
      <p className="mb-3 text-base text-ink-2">
        Adopting takes it into the collection “{visibleText(collection)}” as it is, and makes the copy its deployment. The files in the
        project stay as they are.
      </p>
      {plan.isPending ? (
        <SkeletonRows rows={2} label="The adoption is being planned" />
      ) : !plan.data ? (
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      ) : plan.data.length === 0 ? (
        <p role="status" className="rounded-lg border border-dashed px-4 py-6 text-center text-base text-ink-3">
          There is nothing to adopt.
        </p>
      ) : (
        <OutcomeList
          label="Preview"
          rows={plan.data.map((one) => ({
            key: one.path,
            name: one.artifact_id,
            detail: one.upstream ?? one.path,
            outcome: outcomes[one.status],
            reason: one.reason,
          }))}
        />
      )}
    </Dialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowDownToLine, ArrowUpFromLine, RefreshCcwDot, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Deployed, Deployment, Job } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { IconButton } from '../ui/IconButton';
import { useToast } from '../ui/useToast';
import { askPlaces } from './askPlaces';
import { byPlace } from './byPlace';
import { directions, type Direction } from './directions';
import { ownFolders, ownFoldersName } from './ownFolders';
import { RemovalText } from './RemovalText';
import { shortProject } from './shortProject';
import { undeployToast } from './undeployToast';
import { useProjects } from './useProjects';
import { useSync } from './useSync';

interface DeploymentBarProps {
  /** The selected copies that are shown, as they are now. */
  deployments: Deployment[];
  /** How many more are selected that are not shown. They are left alone. */
  hidden: number;
  onDone: () => void;
}

/** What can be done with the selected copies. */
export function DeploymentBar({ deployments, hidden, onDone }: DeploymentBarProps) {
  // The others are only adopted, each by itself.
  const recorded = deployments.filter((one) => one.state !== 'added');
  const isNone = recorded.length === 0;
  const [isRemoving, setIsRemoving] = useState(false);
  const { data: projects } = useProjects();
  const { run } = useJobs();
  const { show, fail } = useToast();
  const client = useQueryClient();
  const sync = useSync(onDone);
  const start = (direction: Direction): void => sync.mutate({ direction, copies: recorded });
  const remove = useMutation({
    mutationFn: async () => {
      const results: Deployed[] = [];
      try {
        await askPlaces(
          byPlace(recorded),
          ({ projects: [project], ...body }) => {
            const known = projects?.items.find((one) => one.path === project);
            const path = `/projects/${segment(known?.id ?? project)}/undeploy`;
            const title = `Removing from ${project === ownFolders ? ownFoldersName : shortProject(project)}`;
            return run(title, () => request<Job<Deployed[]>>(path, { method: 'POST', body }));
          },
          results,
        );
      } catch (error) {
        if (results.length > 0) show(undeployToast(results));
        throw error;
      }
      return results;
    },
    onSuccess: (results) => {
      show(undeployToast(results));
      onDone();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : fail(error, 'Not every copy was removed')),
    onSettled: () => {
      setIsRemoving(false);
      return client.invalidateQueries({ queryKey: keys.projects });
    },
  });
  return (
    <div
      role="toolbar"
      aria-label="Selected copies"
      className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full animate-slide flex-wrap items-center gap-1 rounded-2xl border bg-raised p-1.5 shadow-float"
    >
      <p role="status" className="px-3 text-base font-medium">
        {deployments.length} selected
        {hidden > 0 && <span className="font-normal text-ink-3"> ({hidden} more not shown, left alone)</span>}
      </p>
      <Button variant="ghost" icon={ArrowDownToLine} disabled={sync.isPending || isNone} onClick={() => start('push')}>
        {directions.push.text}
      </Button>
      <Button variant="ghost" icon={ArrowUpFromLine} disabled={sync.isPending || isNone} onClick={() => start('pull')}>
        {directions.pull.text}
      </Button>
      <Button variant="ghost" icon={RefreshCcwDot} busy={sync.isPending} disabled={isNone} onClick={() => start('both')}>
        Sync
      </Button>
      <Button variant="ghost" icon={Trash2} className="text-bad" disabled={isNone} onClick={() => setIsRemoving(true)}>
        Undeploy
      </Button>
      <IconButton label="Clear the selection" icon={X} onClick={onDone} />
      <ConfirmDialog
        open={isRemoving}
        onOpenChange={setIsRemoving}
        title={`Remove ${count(recorded.length, 'copy', 'copies')}?`}
        description={<RemovalText copies={recorded} added={deployments.length - recorded.length} />}
        action="Undeploy"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </div>
  );
}

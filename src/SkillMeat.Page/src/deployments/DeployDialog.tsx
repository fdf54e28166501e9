import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Folder, FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Deployed, Job } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { Select } from '../ui/Select';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { DeployPreview } from './DeployPreview';
import { deployToast } from './deployToast';
import { ProjectDialog } from './ProjectDialog';
import { useProjects } from './useProjects';

interface DeployDialogProps {
  collection: string;
  artifacts?: string[];
  group?: string;
  onClose: () => void;
}

/** Deploys artifacts or a group to a project; a preview says what would happen there. */
export function DeployDialog({ collection, artifacts = [], group, onClose }: DeployDialogProps) {
  const { data, error, isPending, refetch } = useProjects();
  const [chosen, setChosen] = useState('');
  const [profile, setProfile] = useState('');
  const [isRegistering, setIsRegistering] = useState(false);
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const projects = (data?.items ?? []).filter((one) => !one.is_missing);
  const project = projects.find((one) => one.id === chosen) ?? projects[0];
  const body = { collection, ...(group === undefined ? { artifacts } : { group }), ...(profile ? { profile } : {}) };
  const path = project ? `/projects/${segment(project.id)}/deploy` : '';
  const preview = useMutation({
    mutationFn: () =>
      run('Planning', () => request<Job<Deployed[]>>(path, { method: 'POST', body: { ...body, dry_run: true } }), { quiet: true }),
  });
  const deploy = useMutation({
    mutationFn: () => run(`Deploying to ${project?.name ?? ''}`, () => request<Job<Deployed[]>>(path, { method: 'POST', body })),
    onSuccess: (results) => {
      toast.show(deployToast(project?.name ?? '', results));
      onClose();
    },
    onError: (problem) => (problem instanceof JobCancelled ? undefined : toast.fail(problem, 'Nothing was deployed')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
  if (isRegistering) return <ProjectDialog onClose={() => setIsRegistering(false)} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="md"
      title={
        group === undefined
          ? `Deploy ${artifacts.length === 1 ? (artifacts[0] ?? '') : count(artifacts.length, 'artifact')}`
          : `Deploy the group “${group}”`
      }
      description="Files in the project that you have edited are never overwritten without a question."
      footer={
        project && (
          <>
            <Button onClick={() => preview.mutate()} busy={preview.isPending}>
              Preview
            </Button>
            <Button variant="primary" busy={deploy.isPending} onClick={() => deploy.mutate()}>
              Deploy
            </Button>
          </>
        )
      }
    >
      {isPending ? (
        <SkeletonRows rows={3} label="The projects are loading" />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !project ? (
        <EmptyState
          icon={Folder}
          title="No project yet"
          actions={
            <Button variant="primary" icon={FolderPlus} onClick={() => setIsRegistering(true)}>
              Add a project
            </Button>
          }
        >
          Tell the folder of a project first.
        </EmptyState>
      ) : (
        <div className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Project"
              value={project.id}
              options={projects.map((one) => ({ value: one.id, text: one.name }))}
              onChoose={(one) => {
                setChosen(one);
                setProfile('');
                preview.reset();
              }}
            />
            <Select
              label="Profile"
              value={profile}
              options={[{ value: '', text: 'As the project has it' }, ...project.profiles.map((one) => ({ value: one, text: one }))]}
              onChoose={(one) => {
                setProfile(one);
                preview.reset();
              }}
            />
          </div>
          <p className="truncate font-mono text-xs text-ink-3" title={project.path}>
            {project.path}
          </p>
          <DeployPreview results={preview.data} error={preview.error} />
        </div>
      )}
    </Dialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Deployed, Job } from '../api/types';
import { artifactType } from '../groups/pieceName';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { ErrorState } from '../ui/ErrorState';
import { Select } from '../ui/Select';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import { DeployOptions, type DeployChoices } from './DeployOptions';
import { DeployPreview } from './DeployPreview';
import { deployToast } from './deployToast';
import { ownFolders, ownFoldersName } from './ownFolders';
import { ProjectDialog } from './ProjectDialog';
import { useProfiles } from './useProfiles';
import { useProjects } from './useProjects';

interface DeployDialogProps {
  collection: string;
  artifacts?: string[];
  group?: string;
  onClose: () => void;
}

const usual: DeployChoices = { link: false, activate: false, force: false };

/** Deploys artifacts or a group to a project or to the user's own folders; a preview says what would happen there. */
export function DeployDialog({ collection, artifacts = [], group, onClose }: DeployDialogProps) {
  const { data, error, isPending, refetch } = useProjects();
  const [chosen, setChosen] = useState<string | null>(null);
  const [profile, setProfile] = useState('');
  const [choices, setChoices] = useState(usual);
  // The request whose preview showed conflicts: edits of something else are not to be replaced.
  const [inConflict, setInConflict] = useState<string | null>(null);
  const [isRegistering, setIsRegistering] = useState(false);
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const projects = (data?.items ?? []).filter((one) => !one.is_missing);
  // It stays as it is shown, also where projects are added or go elsewhere.
  if (chosen === null && data) setChosen(projects[0]?.id ?? ownFolders);
  const project = projects.find((one) => one.id === chosen);
  const isOwn = chosen === ownFolders;
  const isThere = isOwn || project !== undefined;
  const place = isOwn ? ownFoldersName : (project?.name ?? '');
  const profiles = useProfiles(isThere ? chosen : null);
  const agents = (profiles.data?.items ?? []).map((one) => ({
    value: one.profile,
    text: (isOwn ? one.is_on_machine : one.is_in_project) ? one.profile : `${one.profile} (not there yet)`,
  }));
  const canActivate = artifacts.some((one) => ['hook', 'mcp'].includes(artifactType(one)));
  const body = {
    collection,
    ...(group === undefined ? { artifacts } : { group }),
    ...(profile ? { profile } : {}),
    ...(choices.link ? { link: true } : {}),
    ...(choices.activate && canActivate ? { activate: true } : {}),
  };
  const path = `/projects/${segment(chosen ?? '')}/deploy`;
  const what = JSON.stringify([path, body]);
  const canForce = inConflict === what;
  const sent = choices.force && canForce ? { ...body, force: true } : body;
  const preview = useMutation({
    mutationFn: () =>
      run('Planning', () => request<Job<Deployed[]>>(path, { method: 'POST', body: { ...sent, dry_run: true } }), { quiet: true }),
    onSuccess: (results) => {
      if (results.some((one) => one.status === 'conflict')) setInConflict(what);
    },
  });
  const deploy = useMutation({
    mutationFn: () => run(`Deploying to ${place}`, () => request<Job<Deployed[]>>(path, { method: 'POST', body: sent })),
    onSuccess: (results) => {
      toast.show(deployToast(place, results));
      onClose();
    },
    onError: (problem) => (problem instanceof JobCancelled ? undefined : toast.fail(problem, 'Nothing was deployed')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
  // A preview, and the permission to replace edits, hold for one choice only.
  const change = (changed: Partial<DeployChoices>): void => {
    setChoices((now) => ({ ...now, ...(changed.force === undefined ? { force: false } : {}), ...changed }));
    if (changed.force === undefined) preview.reset();
  };
  if (isRegistering)
    return (
      <ProjectDialog
        onAdded={(added) => {
          setChosen(added.id);
          setProfile('');
          change({});
        }}
        onClose={() => setIsRegistering(false)}
      />
    );
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
        data && (
          <>
            <Button onClick={() => preview.mutate()} busy={preview.isPending} disabled={!isThere}>
              Preview
            </Button>
            <Button variant="primary" busy={deploy.isPending} disabled={!isThere} onClick={() => deploy.mutate()}>
              Deploy
            </Button>
          </>
        )
      }
    >
      {isPending ? (
        <SkeletonRows rows={3} label="The projects are loading" />
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Project"
              value={chosen ?? ''}
              options={[
                ...(isThere || chosen === null ? [] : [{ value: chosen, text: 'The project is gone' }]),
                ...projects.map((one) => ({ value: one.id, text: one.name })),
                { value: ownFolders, text: ownFoldersName },
              ]}
              onChoose={(one) => {
                setChosen(one);
                setProfile('');
                change({});
              }}
            />
            <Select
              label="Profile"
              value={profile}
              options={[{ value: '', text: isOwn ? 'As the machine has it' : 'As the project has it' }, ...agents]}
              onChoose={(one) => {
                setProfile(one);
                change({});
              }}
            />
          </div>
          <div className="flex items-center justify-between gap-3">
            <p className="min-w-0 truncate font-mono text-xs text-ink-3" title={project?.path}>
              {visibleText(project?.path ?? folderOf(profiles.data?.items, profile, isOwn))}
            </p>
            <Button size="sm" icon={FolderPlus} onClick={() => setIsRegistering(true)}>
              Add a project
            </Button>
          </div>
          <DeployOptions choices={choices} canActivate={canActivate} canForce={canForce} onChange={change} />
          <DeployPreview results={preview.data} error={preview.error} />
        </div>
      )}
    </Dialog>
  );
}

/** The folder of one agent in the user's own folders. */
const folderOf = (profiles: { profile: string; user_folder: string }[] | undefined, profile: string, isOwn: boolean): string =>
  (isOwn ? profiles?.find((one) => one.profile === profile)?.user_folder : undefined) ?? '';

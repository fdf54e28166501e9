import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, FolderGit2, FolderHeart, FolderX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Deployment, Project } from '../api/types';
import { Badge } from '../ui/Badge';
import { Checkbox } from '../ui/Checkbox';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem } from '../ui/Menu';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import { deploymentKey } from './DeploymentRow';
import { ownFoldersName } from './ownFolders';
import { shortProject } from './shortProject';

interface ProjectRowProps {
  path: string;
  project: Project | undefined;
  /** The user's own folders, which are no project to be forgotten. */
  isOwn: boolean;
  deployments: Deployment[];
  /** Whether all copies are loaded. */
  isWhole: boolean;
  selected: ReadonlySet<string>;
  onSelect: (isSelected: boolean) => void;
}

/** The head of a project's copies. */
export function ProjectRow({ path, project: known, isOwn, deployments, isWhole, selected, onSelect }: ProjectRowProps) {
  const [isForgetting, setIsForgetting] = useState(false);
  const client = useQueryClient();
  const { show, fail } = useToast();
  const project = isOwn ? undefined : known;
  const name = isOwn ? ownFoldersName : (project?.name ?? shortProject(path));
  const forget = useMutation({
    mutationFn: () => request(`/projects/${segment(project?.id ?? path)}`, { method: 'DELETE' }),
    onSuccess: () => show({ title: `${name} was forgotten`, text: 'Its files were not touched.' }),
    onError: (error) => fail(error),
    onSettled: () => {
      setIsForgetting(false);
      return client.invalidateQueries({ queryKey: keys.projects });
    },
  });
  const Icon = isOwn ? FolderHeart : project?.is_missing ? FolderX : FolderGit2;
  return (
    <div role="listitem" className="flex h-13 items-center gap-3 border-b bg-sunken px-4">
      <Checkbox
        aria-label={isWhole ? `Select everything in ${name}` : `Select what is loaded of ${name}`}
        disabled={deployments.length === 0}
        checked={deployments.length > 0 && deployments.every((one) => selected.has(deploymentKey(one)))}
        onChange={(event) => onSelect(event.target.checked)}
      />
      <Icon aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" />
      <h2 className="shrink-0 text-base font-semibold">{visibleText(name)}</h2>
      <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-3" title={path}>
        {visibleText(path)}
      </span>
      {project?.is_missing && <Badge tone="bad">Missing</Badge>}
      <span className="text-sm text-ink-3 max-sm:hidden">
        {isWhole ? count(deployments.length, 'copy', 'copies') : `${deployments.length.toLocaleString('en')}+ copies`}
      </span>
      {project && (
        <Menu trigger={<IconButton label={`Actions for ${name}`} icon={Ellipsis} className="size-8" />}>
          <MenuItem icon={Trash2} danger onSelect={() => setIsForgetting(true)}>
            Forget the project
          </MenuItem>
        </Menu>
      )}
      <ConfirmDialog
        open={isForgetting}
        onOpenChange={setIsForgetting}
        title={`Forget ${name}?`}
        description="SkillMeat no longer looks at this project. Its files stay as they are, and it can be added again."
        action="Forget"
        busy={forget.isPending}
        onConfirm={() => forget.mutate()}
      />
    </div>
  );
}

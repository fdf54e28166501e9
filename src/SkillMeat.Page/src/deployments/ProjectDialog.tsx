import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Project } from '../api/types';
import { AddressField } from '../ui/AddressField';
import { FormDialog } from '../ui/FormDialog';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';

/** Registers the folder of a project. */
export function ProjectDialog({ onAdded, onClose }: { onAdded?: (project: Project) => void; onClose: () => void }) {
  const [path, setPath] = useState('');
  const client = useQueryClient();
  const { show } = useToast();
  const register = useFormMutation({
    send: () => request<Project>('/projects', { method: 'POST', body: { path: path.trim() } }),
    failed: 'The project was not added',
    onSuccess: async (project) => {
      await client.invalidateQueries({ queryKey: keys.projects });
      show({ title: `${project.name} was added` });
      onAdded?.(project);
      onClose();
    },
  });
  return (
    <FormDialog
      title="Add a project"
      description="SkillMeat looks for deployed artifacts in its folder. Nothing in it is changed."
      action="Add"
      busy={register.isPending}
      isReady={path.trim() !== ''}
      onSubmit={register.mutate}
      onClose={onClose}
    >
      <AddressField
        label="Folder on the machine of the service"
        placeholder="/home/me/src/project"
        value={path}
        onText={setPath}
        problem={register.error?.message}
      />
    </FormDialog>
  );
}

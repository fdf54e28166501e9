import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Project } from '../api/types';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';

/** Registers the folder of a project. */
export function ProjectDialog({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState('');
  const client = useQueryClient();
  const { show } = useToast();
  const register = useMutation({
    mutationFn: () => request<Project>('/projects', { method: 'POST', body: { path: path.trim() } }),
    onSuccess: async (project) => {
      await client.invalidateQueries({ queryKey: keys.projects });
      show({ title: `${project.name} was added` });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="sm"
      title="Add a project"
      description="SkillMeat looks for deployed artifacts in its folder. Nothing in it is changed."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim()) register.mutate();
        }}
      >
        <TextField
          label="Folder on the machine of the service"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder="/home/me/src/project"
          value={path}
          onChange={(event) => setPath(event.target.value)}
          problem={register.error?.message}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={register.isPending} disabled={!path.trim()}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { CollectionSummary } from '../api/types';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';

export function NewCollectionDialog({ suggestion = '', onClose }: { suggestion?: string; onClose: () => void }) {
  const [name, setName] = useState(suggestion);
  const [description, setDescription] = useState('');
  const client = useQueryClient();
  const { show } = useToast();
  const create = useMutation({
    mutationFn: () =>
      request<CollectionSummary>('/collections', {
        method: 'POST',
        body: { name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) },
      }),
    onSuccess: async ({ name: made }) => {
      await client.invalidateQueries({ queryKey: keys.collections });
      show({ title: `The collection “${made}” was created` });
      onClose();
      navigate(to.collection(made));
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="sm"
      title="New collection"
      description="A collection keeps artifacts that belong together, with its own groups and snapshots."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) create.mutate();
        }}
      >
        <TextField
          label="Name"
          autoFocus
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          problem={create.error?.message}
          hint="It becomes the name of a folder."
        />
        <TextField label="Description" autoComplete="off" value={description} onChange={(event) => setDescription(event.target.value)} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={create.isPending} disabled={!name.trim()}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { CollectionSummary } from '../api/types';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { FormDialog } from '../ui/FormDialog';
import { TextField } from '../ui/TextField';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';

export function NewCollectionDialog({ suggestion = '', onClose }: { suggestion?: string; onClose: () => void }) {
  const [name, setName] = useState(suggestion);
  const [description, setDescription] = useState('');
  const client = useQueryClient();
  const { show } = useToast();
  const create = useFormMutation({
    send: () =>
      request<CollectionSummary>('/collections', {
        method: 'POST',
        body: { name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) },
      }),
    failed: 'The collection was not created',
    onSuccess: async ({ name: made }) => {
      await client.invalidateQueries({ queryKey: keys.collections });
      show({ title: `The collection “${made}” was created` });
      onClose();
      navigate(to.collection(made));
    },
  });
  return (
    <FormDialog
      title="New collection"
      description="A collection keeps artifacts that belong together, with its own groups and snapshots."
      action="Create"
      busy={create.isPending}
      isReady={name.trim() !== ''}
      onSubmit={create.mutate}
      onClose={onClose}
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
    </FormDialog>
  );
}

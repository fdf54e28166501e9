import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { CollectionSummary } from '../api/types';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';

export function EditCollectionDialog({ collection, onClose }: { collection: CollectionSummary; onClose: () => void }) {
  const [name, setName] = useState(collection.name);
  const [description, setDescription] = useState(collection.description ?? '');
  const client = useQueryClient();
  const { show } = useToast();
  const save = useMutation({
    mutationFn: () =>
      request(collectionPath(collection.name), {
        method: 'PUT',
        body: {
          ...(name.trim() === collection.name ? {} : { name: name.trim() }),
          ...(description.trim() === (collection.description ?? '') ? {} : { description: description.trim() || null }),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.collections });
      show({ title: 'The collection was saved' });
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
      title={`Edit ${collection.name}`}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <TextField
          label="Name"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          problem={save.error?.message}
          hint="Renaming moves its folder."
        />
        <TextField label="Description" autoComplete="off" value={description} onChange={(event) => setDescription(event.target.value)} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={save.isPending} disabled={!name.trim()}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

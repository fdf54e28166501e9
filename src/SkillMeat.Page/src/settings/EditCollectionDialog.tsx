import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import type { CollectionSummary } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

/** Renames and describes a collection. */
export function EditCollectionDialog({ collection: present, onClose }: { collection: CollectionSummary; onClose: () => void }) {
  const [collection, setCollection] = useState(present);
  const [name, setName] = useState(collection.name);
  const [description, setDescription] = useState(collection.description ?? '');
  const client = useQueryClient();
  const { show } = useToast();
  const save = useMutation({
    mutationFn: () =>
      changeShown<CollectionSummary>(collectionPath(collection.name), {
        method: 'PUT',
        body: {
          ...(name.trim() === collection.name ? {} : { name: name.trim() }),
          ...(description.trim() === (collection.description ?? '') ? {} : { description: description.trim() || null }),
        },
        isShown: (now) => {
          const isShown = (now.description ?? null) === (collection.description ?? null);
          // The user is told once, and can then save over what is there now.
          if (!isShown) setCollection(now);
          return isShown;
        },
      }),
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: keys.collections });
    },
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
          problem={
            isStale(save.error)
              ? `The collection was changed elsewhere. Its description is now ${collection.description ? `“${visibleText(collection.description)}”` : 'empty'}. Your text is still here; save again to keep it.`
              : save.error?.message
          }
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

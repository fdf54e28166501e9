import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import type { CollectionSummary } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { FormDialog } from '../ui/FormDialog';
import { isEdited } from '../ui/isEdited';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

/** Renames and describes a collection. */
export function EditCollectionDialog({ collection: present, onClose }: { collection: CollectionSummary; onClose: () => void }) {
  const [collection, setCollection] = useState(present);
  const [name, setName] = useState(collection.name);
  const [description, setDescription] = useState(collection.description ?? '');
  const client = useQueryClient();
  const { show } = useToast();
  const save = useFormMutation({
    send: () =>
      changeShown<CollectionSummary>(collectionPath(collection.name), {
        method: 'PUT',
        body: {
          ...(isEdited(name, collection.name) ? { name: name.trim() } : {}),
          ...(isEdited(description, collection.description ?? '') ? { description: description.trim() || null } : {}),
        },
        isShown: (now) => {
          const isShown = (now.description ?? null) === (collection.description ?? null);
          // The user is told once, and can then save over what is there now. What was not edited here follows.
          if (!isShown) {
            setDescription((text) => (isEdited(text, collection.description ?? '') ? text : (now.description ?? '')));
            setCollection(now);
          }
          return isShown;
        },
      }),
    failed: 'The collection was not saved',
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
    <FormDialog
      title={`Edit ${collection.name}`}
      action="Save"
      busy={save.isPending}
      isReady={name.trim() !== ''}
      onSubmit={save.mutate}
      onClose={onClose}
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
      <TextArea label="Description" value={description} onText={setDescription} />
    </FormDialog>
  );
}

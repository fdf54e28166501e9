import { useState } from 'react';
import type { Named, TagEntry } from '../api/types';
import { ColourChoice } from '../groups/ColourChoice';
import { FormDialog } from '../ui/FormDialog';
import { isEdited } from '../ui/isEdited';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';
import { useDefinitionEdit } from './useDefinitionEdit';

interface EditTagDialogProps {
  collection: string;
  path: string;
  entry: Named<TagEntry>;
  onClose: () => void;
}

/** The values of a tag that the dialog shows. */
export const isSameTag = (now: TagEntry, shown: TagEntry): boolean => now.color === shown.color && now.description === shown.description;

/** Edits a tag that the manifest defines: name, description, colour. */
export function EditTagDialog({ collection, path, entry, onClose }: EditTagDialogProps) {
  const [name, setName] = useState(entry.name);
  const [description, setDescription] = useState(entry.description ?? '');
  const [colour, setColour] = useState(entry.color ?? '');
  const { save, problem } = useDefinitionEdit<TagEntry>({
    collection,
    path,
    kind: 'tag',
    entry,
    isShown: isSameTag,
    // Only what was edited here is sent, so that an edit of something else stays.
    bodyOf: () => ({
      ...(isEdited(name, entry.name) ? { name: name.trim() } : {}),
      ...(isEdited(description, entry.description ?? '') ? { description: description.trim() || null } : {}),
      ...(colour === (entry.color ?? '') ? {} : { color: colour }),
    }),
    onClose,
  });
  return (
    <FormDialog
      title={`Edit the tag ${entry.name}`}
      action="Save"
      busy={save.isPending}
      isReady={name.trim() !== ''}
      onSubmit={save.mutate}
      onClose={onClose}
    >
      <TextField label="Name" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} problem={problem} />
      <TextArea label="Description" value={description} onText={setDescription} />
      <ColourChoice value={colour} onChoose={setColour} />
    </FormDialog>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Group, GroupEdit } from '../api/types';
import { FormDialog } from '../ui/FormDialog';
import { isEdited } from '../ui/isEdited';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';
import { changeShown, isStale } from './changeShown';
import { ColourChoice } from './ColourChoice';

/** Creates a group, or edits one: name, description, colour. */
export function GroupDialog({ collection, group: present, onClose }: { collection: string; group: Group | null; onClose: () => void }) {
  const [group, setGroup] = useState(present);
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [colour, setColour] = useState(colourOf(group));
  const client = useQueryClient();
  const { show } = useToast();
  const save = useFormMutation({
    send: () => {
      const base = `${collectionPath(collection)}/groups`;
      if (!group)
        return request<unknown>(base, {
          method: 'POST',
          body: { name: name.trim(), color: colour, ...(description.trim() ? { description: description.trim() } : {}) },
        });
      const edit: GroupEdit = {};
      if (isEdited(name, group.name)) edit.name = name.trim();
      if (isEdited(description, group.description ?? '')) edit.description = description.trim() || null;
      if (colour !== colourOf(group)) edit.color = colour;
      return changeShown<Group>(`${base}/${segment(group.name)}`, {
        method: 'PUT',
        body: edit,
        isShown: (now) => {
          const isShown = now.description === group.description && now.color === group.color && now.icon === group.icon;
          // The user is told once, and can then save over what is there now. What was not edited here follows.
          if (!isShown) {
            setDescription((text) => (isEdited(text, group.description ?? '') ? text : (now.description ?? '')));
            setColour((one) => (one === colourOf(group) ? colourOf(now) : one));
            setGroup(now);
          }
          return isShown;
        },
      });
    },
    failed: 'The group was not saved',
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: keys.groups(collection) });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.collection(collection) });
      show({ title: group ? 'The group was saved' : `The group “${name.trim()}” was created` });
      onClose();
    },
  });
  return (
    <FormDialog
      title={group ? `Edit ${group.name}` : 'New group'}
      action={group ? 'Save' : 'Create'}
      busy={save.isPending}
      isReady={name.trim() !== ''}
      onSubmit={save.mutate}
      onClose={onClose}
    >
      <TextField
        label="Name"
        autoFocus
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        problem={
          isStale(save.error)
            ? 'The group was changed elsewhere since you opened it. Your text is still here; save again to change only what you edited.'
            : save.error?.message
        }
      />
      <TextArea label="Description" value={description} onText={setDescription} />
      <ColourChoice value={colour} onChoose={setColour} />
    </FormDialog>
  );
}

/** A group without a colour has an empty one. */
const colourOf = (group: Group | null): string => (group?.color === '' ? 'blue' : (group?.color ?? 'blue'));

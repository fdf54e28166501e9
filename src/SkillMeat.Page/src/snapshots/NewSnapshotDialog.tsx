import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Snapshot } from '../api/types';
import { FormDialog } from '../ui/FormDialog';
import { TextField } from '../ui/TextField';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';

export function NewSnapshotDialog({ collection, onClose }: { collection: string; onClose: () => void }) {
  const [message, setMessage] = useState('');
  const client = useQueryClient();
  const { show } = useToast();
  const create = useFormMutation({
    send: () => request<Snapshot>(`${collectionPath(collection)}/snapshots`, { method: 'POST', body: { message: message.trim() } }),
    failed: 'The snapshot was not taken',
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.snapshots(collection) });
      show({ title: 'A snapshot was taken' });
      onClose();
    },
  });
  return (
    <FormDialog
      title="Take a snapshot"
      description="It keeps the whole collection as it is now."
      action="Take it"
      busy={create.isPending}
      onSubmit={create.mutate}
      onClose={onClose}
    >
      <TextField
        label="Message"
        autoFocus
        autoComplete="off"
        placeholder="Before the big clean-up"
        value={message}
        onChange={(event) => setMessage(event.target.value)}
        problem={create.error?.message}
      />
    </FormDialog>
  );
}

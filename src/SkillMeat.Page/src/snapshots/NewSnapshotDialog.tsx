import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Snapshot } from '../api/types';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';

export function NewSnapshotDialog({ collection, onClose }: { collection: string; onClose: () => void }) {
  const [message, setMessage] = useState('');
  const client = useQueryClient();
  const { show } = useToast();
  const create = useMutation({
    mutationFn: () => request<Snapshot>(`${collectionPath(collection)}/snapshots`, { method: 'POST', body: { message: message.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.snapshots(collection) });
      show({ title: 'A snapshot was taken' });
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
      title="Take a snapshot"
      description="It keeps the whole collection as it is now."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
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
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={create.isPending}>
            Take it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import { useCollections } from '../shell/useCurrentCollection';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { useToast } from '../ui/useToast';

const actions = [
  { value: 'move', text: 'Move' },
  { value: 'copy', text: 'Copy' },
] as const;

/** Moves or copies artifacts to another collection. */
export function MoveDialog({
  collection,
  ids,
  onClose,
  onMoved,
}: {
  collection: string;
  ids: string[];
  onClose: () => void;
  onMoved: () => void;
}) {
  const { data } = useCollections();
  const others = (data?.items ?? []).filter((one) => one.name !== collection);
  const [action, setAction] = useState<'move' | 'copy'>('move');
  const [chosen, setChosen] = useState('');
  const target = chosen || others[0]?.name;
  const { show } = useToast();
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: () =>
      request(`${collectionPath(collection)}/artifacts:${action}`, { method: 'POST', body: { artifacts: ids, to: target } }),
    onSuccess: () => {
      show({ title: `${count(ids.length, 'artifact')} ${action === 'move' ? 'moved' : 'copied'} to “${target ?? ''}”` });
      onClose();
      onMoved();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="sm"
      title={`Move or copy ${count(ids.length, 'artifact')}`}
      description="What is known of their upstream and your edits comes along."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!target} busy={move.isPending} onClick={() => move.mutate()}>
            {action === 'move' ? 'Move' : 'Copy'}
          </Button>
        </>
      }
    >
      {others.length === 0 ? (
        <p className="text-base text-ink-2">There is no other collection. Create one first, with the switch at the top left.</p>
      ) : (
        <div className="space-y-4">
          <Segmented<'move' | 'copy'> label="What to do" value={action} options={actions} onChoose={setAction} />
          <Select
            label="To the collection"
            value={target}
            options={others.map((one) => ({ value: one.name, text: one.title ?? one.name }))}
            onChoose={setChosen}
          />
          {move.error && (
            <p role="alert" className="text-sm text-bad">
              {move.error.message}
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}

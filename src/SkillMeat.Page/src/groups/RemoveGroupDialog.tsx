import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import type { Group } from '../api/types';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { changeShown, isSame, isStale } from './changeShown';
import { useToast } from '../ui/useToast';

export function RemoveGroupDialog({
  collection,
  group,
  open,
  onClose,
}: {
  collection: string;
  group: Group;
  open: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { show, fail } = useToast();
  const remove = useMutation({
    mutationFn: () =>
      changeShown<Group>(`${collectionPath(collection)}/groups/${segment(group.name)}`, {
        method: 'DELETE',
        isShown: (now) => isSame(now.members, group.members),
      }),
    onSuccess: () => show({ title: `The group “${group.name}” was deleted` }),
    onError: (error) =>
      isStale(error)
        ? show({
            tone: 'bad',
            title: 'The group was changed elsewhere',
            text: 'It is shown as it is now. Delete it again if you still want to.',
          })
        : fail(error, 'The group was not deleted'),
    onSettled: () => {
      onClose();
      return client.invalidateQueries({ queryKey: keys.collection(collection) });
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Delete the group “${group.name}”?`}
      description="Its artifacts stay in the collection and in their other groups."
      action="Delete"
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { useToast } from '../ui/useToast';

export function RemoveGroupDialog({
  collection,
  group,
  open,
  onClose,
}: {
  collection: string;
  group: string;
  open: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { show, fail } = useToast();
  const remove = useMutation({
    mutationFn: () => request(`${collectionPath(collection)}/groups/${segment(group)}`, { method: 'DELETE' }),
    onSuccess: () => show({ title: `The group “${group}” was deleted` }),
    onError: (error) => fail(error, 'The group was not deleted'),
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
      title={`Delete the group “${group}”?`}
      description="Its artifacts stay in the collection and in their other groups."
      action="Delete"
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}

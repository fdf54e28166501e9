import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Group, GroupMember, GroupPage, Page } from '../api/types';
import { useToast } from '../ui/useToast';
import { applied, type BoardChange } from './board';
import { isNamed } from '../api/isNamed';
import { changeShown, isSame, isStale } from './changeShown';

interface MadeChange {
  change: BoardChange;
  /** The groups as the screen showed them. */
  shown: readonly Group[];
}

/** Makes a change of the board: on the screen at once, and taken back there if the service refuses it. */
export function useBoard(collection: string) {
  const client = useQueryClient();
  const { fail, show } = useToast();
  const key = keys.groups(collection);
  const base = `${collectionPath(collection)}/groups`;
  return useMutation({
    scope: { id: `board ${collection}` },
    mutationFn: async ({ change, shown }: MadeChange): Promise<void> => {
      if (change.kind === 'order')
        await changeShown<GroupPage>(`${base}/order`, {
          method: 'PUT',
          body: { names: change.names },
          readFrom: base,
          isShown: ({ items }) =>
            isSame(
              items.filter(isNamed).map((one) => one.name),
              shown.map((one) => one.name),
            ),
        });
      else if (change.kind === 'move')
        await request(`${collectionPath(collection)}/artifacts:move`, {
          method: 'POST',
          body: { artifacts: [change.id], to: change.to },
        });
      else
        for (const one of change.groups)
          await changeShown<Page<GroupMember>>(`${base}/${segment(one.name)}/members`, {
            method: 'PUT',
            body: { artifacts: one.members },
            isShown: ({ items }) =>
              isSame(
                items.map((member) => member.artifact_id),
                shown.find((group) => group.name === one.name)?.members ?? [],
              ),
          });
    },
    onMutate: async ({ change }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<GroupPage>(key);
      if (before) client.setQueryData<GroupPage>(key, { ...before, items: applied(before.items.filter(isNamed), change) });
      return { before };
    },
    onSuccess: (_, { change }) => {
      if (change.kind === 'move') show({ title: `${change.id} was moved to “${change.to}”` });
    },
    onError: (error, _, context) => {
      if (context?.before) client.setQueryData(key, context.before);
      if (isStale(error))
        show({
          tone: 'bad',
          title: 'The groups were changed elsewhere',
          text: 'They are shown as they are now. Repeat your change if it still fits.',
        });
      else fail(error, 'The change was not made');
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Group, Page } from '../api/types';
import { useToast } from '../ui/useToast';
import { applied, type BoardChange } from './board';

/** Makes a change of the board: on the screen at once, and taken back there if the service refuses it. */
export function useBoard(collection: string) {
  const client = useQueryClient();
  const { fail, show } = useToast();
  const key = keys.groups(collection);
  const base = `${collectionPath(collection)}/groups`;
  return useMutation({
    scope: { id: `board ${collection}` },
    mutationFn: async (change: BoardChange): Promise<void> => {
      if (change.kind === 'order') await request(`${base}/order`, { method: 'PUT', body: { names: change.names } });
      else if (change.kind === 'move')
        await request(`${collectionPath(collection)}/artifacts:move`, {
          method: 'POST',
          body: { artifacts: [change.id], to: change.to },
        });
      else
        for (const one of change.groups)
          await request(`${base}/${segment(one.name)}/members`, { method: 'PUT', body: { artifacts: one.members } });
    },
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Page<Group>>(key);
      if (before) client.setQueryData<Page<Group>>(key, { ...before, items: applied(before.items, change) });
      return { before };
    },
    onSuccess: (_, change) => {
      if (change.kind === 'move') show({ title: `${change.id} was moved to “${change.to}”` });
    },
    onError: (error, _, context) => {
      if (context?.before) client.setQueryData(key, context.before);
      fail(error, 'The change was not made');
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
}

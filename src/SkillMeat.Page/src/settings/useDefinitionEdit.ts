import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { segment } from '../api/paths';
import type { Named } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';

interface DefinitionEdit<T extends { name: string | null }> {
  collection: string;
  /** The address of the list. */
  path: string;
  kind: string;
  entry: Named<T>;
  isShown: (now: T, shown: T) => boolean;
  /** The changed values, against what the dialog compares with. */
  bodyOf: (base: T) => object;
  onClose: () => void;
}

/** Edits an entry of the manifest only as the dialog shows it. The user is told once of another edit, and can then save over it. */
export function useDefinitionEdit<T extends { name: string | null }>(props: DefinitionEdit<T>) {
  const { collection, path, kind, entry, isShown, bodyOf, onClose } = props;
  const [base, setBase] = useState<T>(entry);
  const client = useQueryClient();
  const { show } = useToast();
  const save = useFormMutation({
    send: () =>
      changeShown<T>(`${path}/${segment(entry.name)}`, {
        method: 'PUT',
        body: bodyOf(base),
        isShown: (now) => {
          const isSame = isShown(now, base);
          if (!isSame) setBase(now);
          return isSame;
        },
      }),
    failed: `The ${kind} was not saved`,
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: keys.collection(collection) });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.collection(collection) });
      show({ title: `The ${kind} was saved` });
      onClose();
    },
  });
  const problem = isStale(save.error)
    ? `The ${kind} was changed elsewhere since you opened it. What you typed is still here; save again to change only what you edited.`
    : save.error?.message;
  return { base, save, problem };
}

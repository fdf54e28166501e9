import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PencilLine, Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { isNamed } from '../api/isNamed';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Named, Page } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { cx } from '../ui/cx';
import { ErrorState } from '../ui/ErrorState';
import { IconButton } from '../ui/IconButton';
import { Panel } from '../ui/Panel';
import { Skeleton } from '../ui/Skeleton';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

interface DefinitionListProps<T extends { name: string | null }> {
  collection: string;
  /** The part of the collection's address. */
  part: 'tag-definitions' | 'mcp-servers';
  kind: string;
  title: string;
  empty: string;
  /** What an entry has besides its name. */
  field: { name: keyof T & string; label: string; isNeeded?: boolean; isCode?: boolean };
  isShown: (now: T, shown: T) => boolean;
  /** The dialog that edits an entry; `path` is the address of the list. */
  editor: (entry: Named<T>, path: string, onClose: () => void) => ReactNode;
  lead?: (entry: T) => ReactNode;
  trail?: (entry: T) => ReactNode;
}

/** Entries of the collection's manifest: listed, added, edited, deleted. One without a name is left out; nothing can address it. */
export function DefinitionList<T extends { name: string | null }>(props: DefinitionListProps<T>) {
  const { collection, part, kind, title, empty, field, isShown, editor, lead, trail } = props;
  const path = `${collectionPath(collection)}/${part}`;
  const key = [...keys.collection(collection), part];
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [edited, setEdited] = useState<Named<T> | null>(null);
  const [doomed, setDoomed] = useState<Named<T> | null>(null);
  const client = useQueryClient();
  const { show, fail } = useToast();
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await request<Page<T>>(path, { signal })).items.filter(isNamed),
  });
  const settled = () => client.invalidateQueries({ queryKey: key });
  const add = useMutation({
    mutationFn: () =>
      request(path, { method: 'POST', body: { name: name.trim(), ...(value.trim() ? { [field.name]: value.trim() } : {}) } }),
    onSuccess: () => {
      setName('');
      setValue('');
    },
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (shown: Named<T>) =>
      changeShown<T>(`${path}/${segment(shown.name)}`, { method: 'DELETE', isShown: (now) => isShown(now, shown) }),
    onSuccess: (_, { name: gone }) =>
      show({ title: `The ${kind} “${gone}” was deleted`, text: 'The snapshot taken before brings it back.' }),
    onError: (problem, { name: kept }) =>
      isStale(problem)
        ? show({
            tone: 'bad',
            title: `The ${kind} “${kept}” was changed elsewhere`,
            text: 'It is shown as it is now. Delete it again if you still want to.',
          })
        : fail(problem, `The ${kind} was not deleted`),
    onSettled: () => {
      setDoomed(null);
      return settled();
    },
  });
  const isReady = name.trim() !== '' && (!field.isNeeded || value.trim() !== '');
  return (
    <Panel title={title} flush>
      {data ? (
        <ul className="divide-y">
          {data.map((one) => {
            const detail = one[field.name];
            return (
              <li key={one.name} className="flex min-h-14.5 items-center gap-3 px-4 py-2">
                {lead?.(one)}
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-base font-medium">{visibleText(one.name)}</span>
                  {typeof detail === 'string' && detail !== '' && (
                    <span className={cx('block truncate text-ink-3', field.isCode ? 'font-mono text-xs' : 'text-sm')}>
                      {visibleText(detail)}
                    </span>
                  )}
                </span>
                {trail?.(one)}
                <IconButton label={`Edit the ${kind} ${one.name}`} icon={PencilLine} className="size-8" onClick={() => setEdited(one)} />
                <IconButton label={`Delete the ${kind} ${one.name}`} icon={Trash2} className="size-8" onClick={() => setDoomed(one)} />
              </li>
            );
          })}
          {data.length === 0 && <li className="px-4 py-3 text-base text-ink-3">{empty}</li>}
        </ul>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="p-4">
          <Skeleton className="h-12" />
        </div>
      )}
      <form
        className="flex flex-wrap items-start gap-2 border-t p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !add.isPending) add.mutate();
        }}
      >
        <TextField
          label="Name"
          className="min-w-0 flex-1 basis-28"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          problem={add.error?.message}
        />
        <TextField
          label={field.label}
          className="min-w-0 flex-1 basis-36"
          autoComplete="off"
          spellCheck={!field.isCode}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button type="submit" icon={Plus} className="mt-6" busy={add.isPending} disabled={!isReady}>
          Add
        </Button>
      </form>
      {edited && editor(edited, path, () => setEdited(null))}
      {doomed && (
        <ConfirmDialog
          open
          onOpenChange={() => setDoomed(null)}
          title={`Delete the ${kind} “${doomed.name}”?`}
          description="A snapshot is taken before, from which it can be restored."
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(doomed)}
        />
      )}
    </Panel>
  );
}

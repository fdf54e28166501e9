import * as Dialog from '@radix-ui/react-dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Boxes, Group, History, Rocket, Search, Settings, Store, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { keys } from '../api/keys';
import { withQuery } from '../api/paths';
import { request } from '../api/request';
import type { SearchResult } from '../api/types';
import { TypeIcon } from '../collections/TypeIcon';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { cx } from '../ui/cx';
import { count } from '../ui/count';
import { Kbd } from '../ui/Kbd';
import { Shade } from '../ui/Shade';
import { Spinner } from '../ui/Spinner';
import { usePaced } from '../ui/usePaced';
import { useCollections, useCurrentCollection } from './useCurrentCollection';
import { visibleText } from '../ui/visibleText';

interface Choice {
  key: string;
  text: string;
  detail?: string;
  icon?: LucideIcon;
  type?: string;
  path: string;
}

/** Finds artifacts of every collection, and leads to screens and collections. */
export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Shade />
        <div className="fixed inset-0 z-40 flex items-start justify-center px-3 pt-[10vh]">
          <Dialog.Content
            aria-describedby={undefined}
            className="w-full max-w-xl animate-pop overflow-hidden rounded-2xl border bg-raised shadow-float outline-none"
          >
            <Dialog.Title className="sr-only">Search</Dialog.Title>
            <Finder onDone={() => onOpenChange(false)} />
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isWaiting, setIsWaiting] = useState(false);
  const query = usePaced(text.trim(), 80);
  const found = useQuery({
    queryKey: keys.search(query),
    queryFn: ({ signal }) => request<SearchResult>(withQuery('/cache/search', { q: query, limit: 12 }), { signal }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  const places = usePlaces().filter((one) => one.text.toLowerCase().includes(text.trim().toLowerCase()));
  const artifacts: Choice[] =
    query === ''
      ? []
      : (found.data?.items ?? []).map((one) => ({
          key: `${one.collection}/${one.artifact_id}`,
          text: one.name,
          detail: one.description ?? one.snippet,
          type: one.type,
          path: to.artifact(one.collection, one.artifact_id),
        }));
  const choices = [...artifacts, ...places];
  const current = Math.min(at, Math.max(0, choices.length - 1));
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const go = (choice: Choice | undefined): void => {
    if (!choice) return;
    navigate(choice.path);
    onDone();
  };
  // Until the search has caught up with the text, its results are those of another one.
  const isBehind = text.trim() !== '' && (query !== text.trim() || found.isPlaceholderData || found.isLoading);
  useEffect(() => {
    if (isWaiting && !isBehind) go(choices[current]);
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) setAt((current + step + choices.length) % choices.length);
    else if (event.key === 'Enter') {
      if (isBehind) setIsWaiting(true);
      else go(choices[current]);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-3 border-b px-4">
        {found.isFetching ? <Spinner className="text-ink-3" /> : <Search aria-hidden="true" className="size-4 text-ink-3" />}
        <input
          autoFocus
          role="combobox"
          aria-label="Search artifacts, collections and screens"
          aria-expanded={choices.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={choices.length > 0 ? `${id}-${current}` : undefined}
          placeholder="Search artifacts, collections and screens"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
            setIsWaiting(false);
          }}
          onKeyDown={onKeyDown}
          className="h-13 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
        <Kbd keys={['Esc']} />
      </div>
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label="Results" className="scroll max-h-[55vh] overflow-y-auto p-2">
        {choices.map((one, index) => (
          <li
            key={one.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onPointerMove={() => setAt(index)}
            onClick={() => go(one)}
            className={cx('flex cursor-pointer items-center gap-3 rounded-lg px-2.5 py-2', index === current && 'bg-hover')}
          >
            {one.type ? (
              <TypeIcon type={one.type} />
            ) : (
              one.icon && (
                <span className="inline-flex size-8 items-center justify-center text-ink-3">
                  <one.icon aria-hidden="true" className="size-4.5" />
                </span>
              )
            )}
            <span className="min-w-0 flex-1">
              <span className="block truncate text-base font-medium">{visibleText(one.text)}</span>
              {one.detail && <span className="block truncate text-sm text-ink-3">{visibleText(one.detail)}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p role="status" className={choices.length > 0 ? 'sr-only' : 'px-4 pb-8 text-center text-base text-ink-3'}>
        {choices.length > 0
          ? count(choices.length, 'result')
          : isBehind || found.isFetching
            ? 'Searching'
            : found.error
              ? found.error.message
              : 'Nothing was found. Try a part of a name, or a word of its description.'}
      </p>
    </>
  );
}

function usePlaces(): Choice[] {
  const { data } = useCollections();
  const current = useCurrentCollection() ?? 'default';
  return [
    ...(data?.items ?? []).map((one): Choice => ({
      key: `c/${one.name}`,
      text: one.title ?? one.name,
      detail: 'Collection',
      icon: Boxes,
      path: to.collection(one.name),
    })),
    { key: 'groups', text: 'Groups', icon: Group, path: to.groups(current) },
    { key: 'snapshots', text: 'Snapshots', icon: History, path: to.snapshots(current) },
    { key: 'deployments', text: 'Deployments', icon: Rocket, path: to.deployments },
    { key: 'marketplace', text: 'Marketplace', icon: Store, path: to.marketplace },
    { key: 'settings', text: 'Settings', icon: Settings, path: to.settings },
  ];
}

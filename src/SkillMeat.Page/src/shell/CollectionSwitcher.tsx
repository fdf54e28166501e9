import { ChevronsUpDown, Library, Plus, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { NewCollectionDialog } from '../collections/NewCollectionDialog';
import { to } from '../router/route';
import { navigate, useRoute } from '../router/useLocation';
import { count } from '../ui/count';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../ui/Menu';
import { useCollections, useCurrentCollection } from './useCurrentCollection';
import { visibleText } from '../ui/visibleText';

/** Shows the collection that the screens are about, and changes to another. */
export function CollectionSwitcher({ onNavigate }: { onNavigate?: () => void }) {
  const [isCreating, setIsCreating] = useState(false);
  const route = useRoute();
  const { data } = useCollections();
  const current = useCurrentCollection();
  const shown = data?.items.find((one) => one.name === current);
  const go = (path: string): void => {
    navigate(path);
    onNavigate?.();
  };
  const open = (name: string): void =>
    go(route.screen === 'groups' ? to.groups(name) : route.screen === 'snapshots' ? to.snapshots(name) : to.collection(name));
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            className="flex w-full items-center gap-2.5 rounded-lg border border-line-strong bg-surface px-2.5 py-1.5 text-left shadow-card transition-colors hover:bg-hover"
          >
            <Library aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-base font-medium">
                <span className="sr-only">Change the collection, now: </span>
                {visibleText(shown?.title ?? current ?? 'No collection')}
              </span>
              <span className="block truncate text-xs text-ink-3">{shown ? count(shown.artifact_count, 'artifact') : 'Collection'}</span>
            </span>
            <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
          </button>
        }
      >
        <MenuLabel>Collections</MenuLabel>
        {data?.items.map((one) => (
          <MenuChoice key={one.name} checked={one.name === current} onSelect={() => open(one.name)}>
            <span className="flex items-baseline justify-between gap-6">
              <span className="truncate">{visibleText(one.title ?? one.name)}</span>
              <span className="text-xs text-ink-3">{one.problem ? 'problem' : one.artifact_count.toLocaleString('en')}</span>
            </span>
          </MenuChoice>
        ))}
        <MenuLine />
        <MenuItem icon={Plus} onSelect={() => setIsCreating(true)}>
          New collection
        </MenuItem>
        <MenuItem icon={Settings2} onSelect={() => go(to.settings)}>
          Manage collections
        </MenuItem>
      </Menu>
      {isCreating && <NewCollectionDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}

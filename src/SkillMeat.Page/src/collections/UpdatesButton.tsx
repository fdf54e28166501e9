import { ArrowUpCircle } from 'lucide-react';
import { useUpdates } from './useArtifacts';

/** "Update available" with the number of artifacts; a click compares the versions. */
export function UpdatesButton({ collection, onOpen }: { collection: string; onOpen: () => void }) {
  const { data } = useUpdates(collection);
  const number = data?.total ?? 0;
  if (number === 0) return null;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="inline-flex h-9 items-center gap-2 rounded-lg bg-warn-soft px-3 text-base font-medium text-warn transition-[filter] hover:brightness-97 dark:hover:brightness-125"
    >
      <ArrowUpCircle aria-hidden="true" className="size-4" />
      <span className="max-sm:hidden">Update available</span>
      <span className="sm:hidden">Updates</span>
      <span className="rounded-md bg-warn px-1.5 text-xs leading-5 font-semibold text-surface">{number.toLocaleString('en')}</span>
      <span className="sr-only">artifacts: compare the versions</span>
    </button>
  );
}

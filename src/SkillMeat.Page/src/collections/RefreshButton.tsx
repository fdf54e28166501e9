import { RefreshCw } from 'lucide-react';
import { Button } from '../ui/Button';
import { Tip } from '../ui/Tip';
import { useHotkey } from '../ui/useHotkey';
import { LastUpdated } from './LastUpdated';
import { useRefresh } from './useRefresh';

/** Checks for updates, at a click, with R, and with the keys that reload a page elsewhere. */
export function RefreshButton({ collection }: { collection: string }) {
  const { mutate, isPending } = useRefresh(collection);
  const refresh = (): void => {
    if (!isPending) mutate();
  };
  useHotkey({ key: 'r', onPress: refresh });
  useHotkey({ key: 'r', mod: true, onPress: refresh });
  return (
    <div className="flex items-center gap-3">
      <LastUpdated collection={collection} className="text-sm text-ink-3 max-sm:hidden" />
      <Tip text="Check upstream for updates (R)">
        <Button icon={RefreshCw} busy={isPending} onClick={refresh} aria-keyshortcuts="R Control+R Meta+R">
          {isPending ? 'Refreshing' : 'Refresh'}
        </Button>
      </Tip>
    </div>
  );
}

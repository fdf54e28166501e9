import { GitBranch, Store } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useGroups } from '../groups/useGroups';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { ErrorState } from '../ui/ErrorState';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { AddPreview } from './AddPreview';
import { MarketChoice } from './MarketChoice';
import { SourceChoice } from './SourceChoice';
import { useAdd, useAddPreview } from './useAdd';

const sources = [
  { value: 'source', text: 'Repository or folder', icon: GitBranch },
  { value: 'market', text: 'Marketplace', icon: Store },
] as const;

interface AddDialogProps {
  collection: string;
  source?: string;
  /** What was chosen from a marketplace before; its preview is shown at once. */
  chosen?: string;
  onClose: () => void;
}

/** Adds artifacts: first the source, then a list of what it has, then what the chosen ones would bring. */
export function AddDialog({ collection, source = '', chosen, onClose }: AddDialogProps) {
  const [from, setFrom] = useState<'source' | 'market'>(chosen === undefined ? 'source' : 'market');
  const [specs, setSpecs] = useState<ReadonlySet<string>>(new Set(chosen === undefined ? [] : [chosen]));
  const [group, setGroup] = useState('');
  const { data: groups } = useGroups(collection);
  const add = useAdd(collection, (results) => {
    if (results.some((one) => one.status !== 'error')) onClose();
  });
  const preview = useAddPreview(collection);
  const { mutate: look } = preview;
  const hasLooked = useRef(false);
  useEffect(() => {
    if (chosen === undefined || hasLooked.current) return;
    hasLooked.current = true;
    look([chosen]);
  }, [chosen, look]);
  const fresh = preview.data?.filter((one) => one.state === 'new').length ?? 0;
  const onChoose = (some: Iterable<string>, isChosen: boolean): void =>
    setSpecs((now) => {
      const next = new Set(now);
      for (const one of some)
        if (isChosen) next.add(one);
        else next.delete(one);
      return next;
    });
  return (
    <Dialog
      open
      keepsOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="lg"
      title="Add artifacts"
      description={`They come into the collection “${collection}”. Nothing is deployed yet.`}
      footer={
        <>
          {(groups?.items.length ?? 0) > 0 && (
            <Select
              label="Group"
              hideLabel
              className="w-full sm:mr-auto sm:w-48"
              value={group}
              options={[
                { value: '', text: 'In no group' },
                ...(groups?.items ?? []).map((one) => ({ value: one.name, text: `Group: ${one.name}` })),
              ]}
              onChoose={setGroup}
            />
          )}
          <Button onClick={onClose}>Cancel</Button>
          {preview.data ? (
            <>
              <Button disabled={add.isPending} onClick={() => preview.reset()}>
                Back
              </Button>
              <Button variant="primary" busy={add.isPending} onClick={() => add.mutate({ specs: [...specs], group: group || undefined })}>
                {fresh > 0 ? `Add ${count(fresh, 'artifact')}` : 'Add'}
              </Button>
            </>
          ) : (
            <Button variant="primary" disabled={specs.size === 0} busy={preview.isPending} onClick={() => preview.mutate([...specs])}>
              Preview
            </Button>
          )}
        </>
      }
    >
      {preview.data && <AddPreview artifacts={preview.data} />}
      <div hidden={preview.data !== undefined} inert={preview.isPending}>
        <Segmented
          label="Source"
          value={from}
          options={sources}
          onChoose={(value) => {
            setFrom(value);
            setSpecs(new Set());
          }}
          className="mb-4"
        />
        {from === 'source' ? (
          <SourceChoice collection={collection} source={source} chosen={specs} onChoose={onChoose} onSource={() => setSpecs(new Set())} />
        ) : (
          <MarketChoice collection={collection} chosen={specs} onChoose={onChoose} />
        )}
        {preview.error && (
          <div className="mt-4">
            <ErrorState error={preview.error} onRetry={() => preview.mutate([...specs])} />
          </div>
        )}
      </div>
    </Dialog>
  );
}

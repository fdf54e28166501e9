import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Hammer, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { CacheStatus } from '../api/types';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { ErrorState } from '../ui/ErrorState';
import { formatBytes } from '../ui/formatBytes';
import { Panel } from '../ui/Panel';
import { Skeleton } from '../ui/Skeleton';
import { TimeAgo } from '../ui/TimeAgo';
import { useToast } from '../ui/useToast';
import { Fact, Facts } from './Facts';

/** The cache: it can always be made again from the home. */
export function CachePanel() {
  const [isClearing, setIsClearing] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: keys.cacheStatus,
    queryFn: ({ signal }) => request<CacheStatus>('/cache/status', { signal }),
  });
  const { show, fail } = useToast();
  const client = useQueryClient();
  const work = useMutation({
    mutationFn: (action: 'rebuild' | 'clear') => request<CacheStatus>(`/cache/${action}`, { method: 'POST' }),
    onSuccess: (_, action) => show({ title: action === 'rebuild' ? 'The cache was built again' : 'The cache was cleared' }),
    onError: (problem) => fail(problem),
    onSettled: () => {
      setIsClearing(false);
      return client.invalidateQueries();
    },
  });
  return (
    <Panel
      title="Cache"
      actions={
        <>
          <Button size="sm" icon={Hammer} busy={work.isPending} onClick={() => work.mutate('rebuild')}>
            Build again
          </Button>
          <Button size="sm" icon={Trash2} disabled={work.isPending} onClick={() => setIsClearing(true)}>
            Clear
          </Button>
        </>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton className="h-24" />
      ) : (
        <Facts>
          <Fact name="State">
            <Badge tone={data.state === 'ready' ? 'ok' : 'neutral'}>{data.state.replaceAll('_', ' ')}</Badge>
            {data.problem && <span className="ml-2 text-sm text-bad">{data.problem}</span>}
          </Fact>
          <Fact name="Artifacts">{data.artifacts.toLocaleString('en')}</Fact>
          <Fact name="Size">{formatBytes(data.size_bytes)}</Fact>
          <Fact name="Hit rate">
            {data.hit_rate === null ? '—' : `${Math.round(data.hit_rate * 100)} %`}{' '}
            <span className="text-sm text-ink-3">
              ({data.hits.toLocaleString('en')} hits, {data.misses.toLocaleString('en')} misses)
            </span>
          </Fact>
          <Fact name="Last refresh">
            <TimeAgo time={data.last_refresh} />
          </Fact>
          {data.path && (
            <Fact name="File">
              <span className="font-mono text-sm">{data.path}</span>
            </Fact>
          )}
        </Facts>
      )}
      <ConfirmDialog
        open={isClearing}
        onOpenChange={setIsClearing}
        title="Clear the cache?"
        description="Collections and projects are not touched. Searches are slower until it is built again, and upstream is asked anew."
        action="Clear"
        busy={work.isPending}
        onConfirm={() => work.mutate('clear')}
      />
    </Panel>
  );
}

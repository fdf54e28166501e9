import { useQuery } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Background } from '../api/types';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ErrorState } from '../ui/ErrorState';
import { Panel } from '../ui/Panel';
import { Skeleton } from '../ui/Skeleton';
import { TimeAgo } from '../ui/TimeAgo';
import { Fact, Facts } from './Facts';
import { useInfo } from './useInfo';

/** The service that answers this page. */
export function ServicePanel() {
  const { data: info, error, refetch } = useInfo();
  const { data: background } = useQuery({
    queryKey: keys.background,
    queryFn: ({ signal }) => request<Background>('/background', { signal }),
    retry: false,
  });
  return (
    <Panel
      title="Service"
      actions={
        <Button size="sm" asChild>
          <a href="/docs" target="_blank" rel="noopener">
            <BookOpen aria-hidden="true" className="size-4" />
            API reference<span className="sr-only"> (opens apart)</span>
          </a>
        </Button>
      }
    >
      {!info && error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !info ? (
        <Skeleton className="h-28" />
      ) : (
        <Facts>
          <Fact name="Version">{info.version}</Fact>
          <Fact name="Home">
            <span className="font-mono text-sm">{info.home}</span>
          </Fact>
          <Fact name="Running since">
            <TimeAgo time={info.started_at} /> (process {info.process_id})
          </Fact>
          <Fact name="GitHub token">
            {info.has_github_token ? (
              <Badge tone="ok">Found</Badge>
            ) : (
              <>
                <Badge tone="neutral">None</Badge>{' '}
                <span className="text-sm text-ink-3">
                  Public repositories work without one, with a lower rate limit. To use one, start the service with GITHUB_TOKEN set.
                </span>
              </>
            )}
          </Fact>
          {background?.last_run && (
            <Fact name="Background refresh">
              <TimeAgo time={background.last_run.started} />
              {!background.last_run.succeeded && (
                <span className="text-bad">, it failed{background.problem && `: ${background.problem}`}</span>
              )}
            </Fact>
          )}
          {background?.next_run && (
            <Fact name="Next refresh">
              <TimeAgo time={background.next_run} />
            </Fact>
          )}
        </Facts>
      )}
    </Panel>
  );
}

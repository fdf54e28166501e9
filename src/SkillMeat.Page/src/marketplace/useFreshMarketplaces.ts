import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Job, Marketplace, MarketplaceResult } from '../api/types';
import { useJobs } from '../jobs/useJobs';

/** Fetches the lists once when the screen opens and one is old. Without a network, the old ones stay, and are marked. */
export function useFreshMarketplaces(marketplaces: Marketplace[] | undefined): void {
  const { run } = useJobs();
  const client = useQueryClient();
  const hasStarted = useRef(false);
  const { mutate } = useMutation({
    mutationFn: () =>
      run('Updating the marketplaces', () => request<Job<MarketplaceResult[]>>('/cache/marketplaces/update', { method: 'POST' })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.marketplaces }),
  });
  const isOld = marketplaces?.some((one) => one.is_stale) ?? false;
  useEffect(() => {
    if (!isOld || hasStarted.current) return;
    hasStarted.current = true;
    mutate();
  }, [isOld, mutate]);
}

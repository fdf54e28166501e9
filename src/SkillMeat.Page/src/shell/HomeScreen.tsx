import { useEffect } from 'react';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { useCollections } from './useCurrentCollection';

/** Leads from the bare address to the active collection. */
export function HomeScreen() {
  const { data, error, refetch } = useCollections();
  const first = data && (data.items.find((one) => one.is_active) ?? data.items[0])?.name;
  useEffect(() => {
    if (data) navigate(to.collection(first ?? 'default'), { replace: true });
  }, [data, first]);
  return error && !data ? (
    <ErrorState isScreen error={error} onRetry={() => void refetch()} />
  ) : (
    <SkeletonRows label="The collections are loading" />
  );
}

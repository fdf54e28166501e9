import { useCallback, useMemo } from 'react';
import { navigate, useSearch } from '../router/useLocation';
import { filtersOf, searchOf, type Filters } from './filters';

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const search = useSearch();
  const filters = useMemo(() => filtersOf(search), [search]);
  const change = useCallback((changed: Partial<Filters>) => {
    navigate(window.location.pathname + searchOf({ ...filtersOf(window.location.search), ...changed }), { replace: true });
  }, []);
  return [filters, change];
}

import { useCallback, useMemo } from 'react';
import { navigate, useSearch } from '../router/useLocation';
import { deploymentFiltersOf, deploymentSearchOf, type DeploymentFilters } from './deploymentFilters';

export function useDeploymentFilters(): [DeploymentFilters, (change: Partial<DeploymentFilters>) => void] {
  const search = useSearch();
  const filters = useMemo(() => deploymentFiltersOf(search), [search]);
  const change = useCallback((changed: Partial<DeploymentFilters>) => {
    const next = deploymentSearchOf({ ...deploymentFiltersOf(window.location.search), ...changed });
    navigate(window.location.pathname + next, { replace: true });
  }, []);
  return [filters, change];
}

import { useInfiniteQuery, keepPreviousData } from '@tanstack/react-query';
import { FolderPlus, RefreshCcwDot, Rocket, SearchX } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { withQuery } from '../api/paths';
import { request } from '../api/request';
import { watchedPages } from '../api/watched';
import type { Deployment, DeploymentPage } from '../api/types';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { PageHeader } from '../ui/PageHeader';
import { SkeletonRows } from '../ui/Skeleton';
import { VirtualRows } from '../ui/VirtualRows';
import { DeploymentBar } from './DeploymentBar';
import { DeploymentFilterBar } from './DeploymentFilterBar';
import { isDeploymentFiltered, noDeploymentFilters } from './deploymentFilters';
import { DeploymentRow, deploymentKey } from './DeploymentRow';
import { DriftDialog } from './DriftDialog';
import { ownFoldersName } from './ownFolders';
import { ProjectDialog } from './ProjectDialog';
import { ProjectProblems } from './ProjectProblems';
import { ProjectRow } from './ProjectRow';
import { rowsOf, type Row } from './rowsOf';
import { shortProject } from './shortProject';
import { StateCounts } from './StateCounts';
import { SyncDialog } from './SyncDialog';
import { useDeploymentFilters } from './useDeploymentFilters';
import { useProjects } from './useProjects';

/** Every copy in every project, and how it stands to the collection. */
export function DeploymentsPage() {
  const [filters, change] = useDeploymentFilters();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Deployment | 'project' | 'sync' | null>(null);
  const projects = useProjects();
  const list = useInfiniteQuery({
    queryKey: keys.deployments(filters),
    queryFn: ({ pageParam, signal }) =>
      request<DeploymentPage>(
        withQuery('/deployments', { ...filters, order: filters.sort === 'date' ? 'desc' : null, limit: 200, cursor: pageParam }),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    ...watchedPages,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const deployments = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const chosen = useMemo(() => deployments.filter((one) => selected.has(deploymentKey(one))), [deployments, selected]);
  const first = list.data?.pages[0];
  const isFiltered = isDeploymentFiltered(filters);
  const isByProject = filters.sort === 'project';
  const known = projects.data?.items;
  const isWhole = !isFiltered && !hasNextPage && list.data !== undefined && !list.isPlaceholderData;
  const isEmpty = isWhole && deployments.length === 0;
  const rows = useMemo(
    () =>
      isByProject || isEmpty
        ? rowsOf(deployments, { hasMore: hasNextPage, others: isWhole ? (known ?? []).map((one) => one.path) : [] })
        : deployments.map((deployment): Row => ({ kind: 'deployment', deployment })),
    [deployments, isByProject, isEmpty, isWhole, hasNextPage, known],
  );
  const select = (one: Deployment, isSelected: boolean): void =>
    setSelected((now) => {
      const next = new Set(now);
      if (isSelected) next.add(deploymentKey(one));
      else next.delete(deploymentKey(one));
      return next;
    });
  const nameOf = (one: Deployment): string =>
    one.is_user_scope ? ownFoldersName : (known?.find((project) => project.path === one.project)?.name ?? shortProject(one.project));
  const table = (
    <div role="list" aria-label="Deployments" className="overflow-clip rounded-xl border bg-surface shadow-card">
      <VirtualRows
        role="presentation"
        count={rows.length}
        height={52}
        onNearEnd={onNearEnd}
        render={(index) => {
          const row = rows[index];
          if (!row) return null;
          return row.kind === 'project' ? (
            <ProjectRow
              path={row.project}
              isOwn={row.isOwn}
              deployments={row.deployments}
              isWhole={row.isWhole}
              project={known?.find((one) => one.path === row.project)}
              onSelect={(isSelected) => row.deployments.forEach((one) => select(one, isSelected))}
              selected={selected}
            />
          ) : (
            <DeploymentRow
              deployment={row.deployment}
              project={isByProject ? null : nameOf(row.deployment)}
              isSelected={selected.has(deploymentKey(row.deployment))}
              onSelect={(isSelected) => select(row.deployment, isSelected)}
              onOpen={() => setOpen(row.deployment)}
            />
          );
        }}
      />
    </div>
  );
  return (
    <>
      <PageHeader
        title="Deployments"
        description={
          !known || !first
            ? '\u00a0'
            : isFiltered
              ? `${count(first.total, 'copy fits', 'copies fit')} the filters`
              : `${count(first.total, 'copy', 'copies')} · ${count(known.length, 'registered project')}`
        }
        actions={
          <>
            <Button icon={FolderPlus} onClick={() => setOpen('project')}>
              Add a project
            </Button>
            {!isEmpty && (
              <Button variant="primary" icon={RefreshCcwDot} onClick={() => setOpen('sync')}>
                Sync
              </Button>
            )}
          </>
        }
      />
      {list.error && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <>
          <ProjectProblems problems={first?.problems ?? {}} />
          <EmptyState
            icon={Rocket}
            title="Nothing is deployed yet"
            actions={
              known?.length === 0 && (
                <Button variant="primary" icon={FolderPlus} onClick={() => setOpen('project')}>
                  Add a project
                </Button>
              )
            }
          >
            {known?.length === 0
              ? 'Add the folder of a project, then deploy artifacts to it.'
              : 'Select artifacts of a collection and choose Deploy.'}
          </EmptyState>
          {/* Projects without copies can be forgotten all the same. */}
          {rows.length > 0 && <div className="mt-4">{table}</div>}
        </>
      ) : (
        <>
          <ProjectProblems problems={first?.problems ?? {}} />
          <StateCounts counts={first?.counts ?? {}} updates={first?.updates_upstream ?? 0} filters={filters} onChange={change} />
          <DeploymentFilterBar filters={filters} projects={known ?? []} deployments={deployments} onChange={change} />
          <p role="status" className="sr-only">
            {list.isPending ? 'Loading deployments' : `${count(first?.total ?? 0, 'deployment')} shown`}
          </p>
          {list.isPending ? (
            <div className="rounded-xl border bg-surface">
              <SkeletonRows rows={8} label="The deployments are loading" />
            </div>
          ) : rows.length === 0 ? (
            <EmptyState
              icon={SearchX}
              title="Nothing fits these filters"
              actions={<Button onClick={() => change(noDeploymentFilters)}>Clear the filters</Button>}
            />
          ) : (
            table
          )}
        </>
      )}
      {selected.size > 0 && (
        <DeploymentBar deployments={chosen} hidden={selected.size - chosen.length} onDone={() => setSelected(new Set())} />
      )}
      {open === 'project' && <ProjectDialog onClose={() => setOpen(null)} />}
      {open === 'sync' && <SyncDialog onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && <DriftDialog deployment={open} onClose={() => setOpen(null)} />}
    </>
  );
}

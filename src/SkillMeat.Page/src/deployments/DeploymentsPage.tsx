import { useInfiniteQuery, keepPreviousData } from '@tanstack/react-query';
import { FolderPlus, RefreshCcwDot, Rocket, SearchX } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { withQuery } from '../api/paths';
import { request } from '../api/request';
import { watched } from '../api/watched';
import type { Deployment, DeploymentPage, DeploymentState } from '../api/types';
import { SearchField } from '../collections/SearchField';
import { knownTypes, typeName } from '../collections/typeNames';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { PageHeader } from '../ui/PageHeader';
import { Select } from '../ui/Select';
import { SkeletonRows } from '../ui/Skeleton';
import { VirtualRows } from '../ui/VirtualRows';
import { DeploymentBar } from './DeploymentBar';
import { DeploymentRow, deploymentKey } from './DeploymentRow';
import { DriftDialog } from './DriftDialog';
import { ProjectDialog } from './ProjectDialog';
import { ProjectRow } from './ProjectRow';
import { rowsOf } from './rowsOf';
import { StateCounts } from './StateCounts';
import { SyncDialog } from './SyncDialog';
import { useProjects } from './useProjects';

interface DeploymentFilters {
  q: string;
  project: string;
  profile: string;
  type: string;
  state: DeploymentState | '';
}

const all: DeploymentFilters = { q: '', project: '', profile: '', type: '', state: '' };

/** Every copy in every project, and how it stands to the collection. */
export function DeploymentsPage() {
  const [filters, setFilters] = useState(all);
  const [selected, setSelected] = useState<ReadonlyMap<string, Deployment>>(new Map());
  const [open, setOpen] = useState<Deployment | 'project' | 'sync' | null>(null);
  const projects = useProjects();
  const list = useInfiniteQuery({
    queryKey: keys.deployments(filters),
    queryFn: ({ pageParam, signal }) =>
      request<DeploymentPage>(withQuery('/deployments', { ...filters, sort: 'project', limit: 200, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    ...watched,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const deployments = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const rows = useMemo(() => rowsOf(deployments), [deployments]);
  const first = list.data?.pages[0];
  const profiles = [
    ...new Set([...(projects.data?.items.flatMap((one) => one.profiles) ?? []), ...deployments.map((one) => one.profile)]),
  ].sort();
  const change = (changed: Partial<DeploymentFilters>): void => setFilters((now) => ({ ...now, ...changed }));
  const select = (one: Deployment, isSelected: boolean): void =>
    setSelected((now) => {
      const next = new Map(now);
      if (isSelected) next.set(deploymentKey(one), one);
      else next.delete(deploymentKey(one));
      return next;
    });
  const isFiltered = Object.values(filters).some(Boolean);
  const isEmpty = first?.total === 0 && !isFiltered && !list.isPlaceholderData;
  return (
    <>
      <PageHeader
        title="Deployments"
        description={
          projects.data ? `${count(first?.total ?? 0, 'copy', 'copies')} in ${count(projects.data.items.length, 'project')}` : '\u00a0'
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
        <EmptyState
          icon={Rocket}
          title="Nothing is deployed yet"
          actions={
            projects.data?.items.length === 0 && (
              <Button variant="primary" icon={FolderPlus} onClick={() => setOpen('project')}>
                Add a project
              </Button>
            )
          }
        >
          {projects.data?.items.length === 0
            ? 'Add the folder of a project, then deploy artifacts to it.'
            : 'Select artifacts of a collection and choose Deploy.'}
        </EmptyState>
      ) : (
        <>
          <StateCounts counts={first?.counts ?? {}} chosen={filters.state} onChoose={(state) => change({ state })} />
          <div role="search" aria-label="Deployments" className="mb-4 flex flex-wrap items-center gap-2">
            <SearchField
              label="Search deployments"
              value={filters.q}
              onSearch={(q) => change({ q })}
              className="min-w-0 flex-1 basis-60 sm:max-w-md"
            />
            <Select
              label="Project"
              hideLabel
              className="w-44"
              value={filters.project}
              options={[
                { value: '', text: 'All projects' },
                ...(projects.data?.items ?? []).map((one) => ({ value: one.path, text: one.name })),
              ]}
              onChoose={(project) => change({ project })}
            />
            <Select
              label="Profile"
              hideLabel
              className="w-40"
              value={filters.profile}
              options={[{ value: '', text: 'All profiles' }, ...profiles.map((one) => ({ value: one, text: one }))]}
              onChoose={(profile) => change({ profile })}
            />
            <Select
              label="Type"
              hideLabel
              className="w-36"
              value={filters.type}
              options={[{ value: '', text: 'All types' }, ...knownTypes.map((one) => ({ value: one, text: typeName(one).many }))]}
              onChoose={(type) => change({ type })}
            />
          </div>
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
              actions={<Button onClick={() => setFilters(all)}>Clear the filters</Button>}
            />
          ) : (
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
                      deployments={row.deployments}
                      project={projects.data?.items.find((one) => one.path === row.project)}
                      onSelect={(isSelected) => row.deployments.forEach((one) => select(one, isSelected))}
                      selected={selected}
                    />
                  ) : (
                    <DeploymentRow
                      deployment={row.deployment}
                      isSelected={selected.has(deploymentKey(row.deployment))}
                      onSelect={(isSelected) => select(row.deployment, isSelected)}
                      onOpen={() => setOpen(row.deployment)}
                    />
                  );
                }}
              />
            </div>
          )}
        </>
      )}
      {selected.size > 0 && <DeploymentBar deployments={[...selected.values()]} onDone={() => setSelected(new Map())} />}
      {open === 'project' && <ProjectDialog onClose={() => setOpen(null)} />}
      {open === 'sync' && <SyncDialog onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && <DriftDialog deployment={open} onClose={() => setOpen(null)} />}
    </>
  );
}

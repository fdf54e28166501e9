import type { Deployment, Project } from '../api/types';
import { SearchField } from '../collections/SearchField';
import { knownTypes, typeName } from '../collections/typeNames';
import { Select } from '../ui/Select';
import { deploymentSorts, type DeploymentFilters, type DeploymentSort } from './deploymentFilters';
import { shortProject } from './shortProject';

interface DeploymentFilterBarProps {
  filters: DeploymentFilters;
  projects: Project[];
  deployments: Deployment[];
  onChange: (change: Partial<DeploymentFilters>) => void;
}

/** Chooses copies, and their order. */
export function DeploymentFilterBar({ filters, projects, deployments, onChange }: DeploymentFilterBarProps) {
  const profiles = [
    ...new Set([
      ...projects.flatMap((one) => one.profiles),
      ...deployments.map((one) => one.profile),
      ...(filters.profile ? [filters.profile] : []),
    ]),
  ].sort();
  return (
    <div role="search" aria-label="Deployments" className="mb-4 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
      <SearchField
        label="Search deployments"
        value={filters.q}
        onSearch={(q) => onChange({ q })}
        className="col-span-2 min-w-0 flex-1 basis-60 sm:max-w-md"
      />
      <Select
        label="Project"
        hideLabel
        className="sm:w-44"
        value={filters.project}
        options={[
          { value: '', text: 'All projects' },
          ...projects.map((one) => ({ value: one.path, text: one.name })),
          // An address can name one that is not registered.
          ...(filters.project === '' || projects.some((one) => one.path === filters.project)
            ? []
            : [{ value: filters.project, text: shortProject(filters.project) }]),
        ]}
        onChoose={(project) => onChange({ project })}
      />
      <Select
        label="Profile"
        hideLabel
        className="sm:w-40"
        value={filters.profile}
        options={[{ value: '', text: 'All profiles' }, ...profiles.map((one) => ({ value: one, text: one }))]}
        onChoose={(profile) => onChange({ profile })}
      />
      <Select
        label="Type"
        hideLabel
        className="sm:w-36"
        value={filters.type}
        options={[
          { value: '', text: 'All types' },
          ...[...knownTypes, ...(filters.type === '' || knownTypes.includes(filters.type) ? [] : [filters.type])].map((one) => ({
            value: one,
            text: typeName(one).many,
          })),
        ]}
        onChoose={(type) => onChange({ type })}
      />
      <Select
        label="Order"
        hideLabel
        className="sm:w-36"
        value={filters.sort}
        options={deploymentSorts}
        onChoose={(sort) => onChange({ sort: sort as DeploymentSort })}
      />
    </div>
  );
}

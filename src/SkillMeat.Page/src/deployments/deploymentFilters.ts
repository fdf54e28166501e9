import type { DeploymentState } from '../api/types';
import { deploymentStateOrder } from './deploymentStates';

export const deploymentSorts = [
  { value: 'project', text: 'By project' },
  { value: 'name', text: 'By name' },
  { value: 'type', text: 'By type' },
  { value: 'state', text: 'By state' },
  { value: 'date', text: 'Newest first' },
] as const;
export type DeploymentSort = (typeof deploymentSorts)[number]['value'];

/** The chosen copies and their order; they stand in the address, so that they can be kept and sent. */
export interface DeploymentFilters {
  q: string;
  project: string;
  profile: string;
  type: string;
  state: DeploymentState | '';
  /** Only copies of artifacts that have an update upstream. */
  update: 'true' | '';
  sort: DeploymentSort;
}

export const noDeploymentFilters = { q: '', project: '', profile: '', type: '', state: '', update: '' } as const;

const names = ['q', 'project', 'profile', 'type', 'state', 'update'] as const;

export function deploymentFiltersOf(search: string): DeploymentFilters {
  const values = new URLSearchParams(search);
  return {
    q: values.get('q') ?? '',
    project: values.get('project') ?? '',
    profile: values.get('profile') ?? '',
    type: values.get('type') ?? '',
    state: deploymentStateOrder.find((one) => one === values.get('state')) ?? '',
    update: values.get('update') === 'true' ? 'true' : '',
    sort: deploymentSorts.find((one) => one.value === values.get('sort'))?.value ?? 'project',
  };
}

/** The query of an address; what is as usual is left out. */
export function deploymentSearchOf(filters: DeploymentFilters): string {
  const values = new URLSearchParams();
  for (const name of names) if (filters[name]) values.set(name, filters[name]);
  if (filters.sort !== 'project') values.set('sort', filters.sort);
  const text = values.toString();
  return text ? `?${text}` : '';
}

export const isDeploymentFiltered = (filters: DeploymentFilters): boolean => names.some((name) => filters[name] !== '');

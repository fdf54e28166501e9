import type { UpdateState } from '../api/types';
import { stateOrder } from './updateStates';

export const sorts = ['name', 'type', 'date', 'state'] as const;
export type Sort = (typeof sorts)[number];

/** The chosen part of a collection; it stands in the address, so that it can be kept and sent. */
export interface Filters {
  q: string;
  type: string;
  tag: string;
  group: string;
  state: UpdateState | '';
  origin: string;
  sort: Sort;
  order: 'asc' | 'desc';
}

/** Newest first is what people mean by sorting by date. */
export const usualOrder = (sort: Sort): Filters['order'] => (sort === 'date' ? 'desc' : 'asc');

export function filtersOf(search: string): Filters {
  const values = new URLSearchParams(search);
  const sort = sorts.find((one) => one === values.get('sort')) ?? 'name';
  const order = values.get('order');
  return {
    q: values.get('q') ?? '',
    type: values.get('type') ?? '',
    tag: values.get('tag') ?? '',
    group: values.get('group') ?? '',
    state: stateOrder.find((one) => one === values.get('state')) ?? '',
    origin: values.get('origin') ?? '',
    sort,
    order: order === 'asc' || order === 'desc' ? order : usualOrder(sort),
  };
}

/** The query of an address; what is as usual is left out. */
export function searchOf(filters: Filters): string {
  const values = new URLSearchParams();
  for (const name of ['q', 'type', 'tag', 'group', 'state', 'origin'] as const) if (filters[name]) values.set(name, filters[name]);
  if (filters.sort !== 'name') values.set('sort', filters.sort);
  if (filters.order !== usualOrder(filters.sort)) values.set('order', filters.order);
  const text = values.toString();
  return text ? `?${text}` : '';
}

/** A search that nobody sorted shows the best matches first. */
export const sortOf = ({ q, sort, order }: Filters): string => (q.trim() && sort === 'name' && order === 'asc' ? 'relevance' : sort);

export const isFiltered = (filters: Filters): boolean =>
  [filters.q, filters.type, filters.tag, filters.group, filters.state, filters.origin].some((one) => one !== '');

export const withoutFilters = (filters: Filters): Filters => ({ ...filters, q: '', type: '', tag: '', group: '', state: '', origin: '' });

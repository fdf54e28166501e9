import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, searchOf, withoutFilters } from './filters';

describe('the filters in the address', () => {
  it('come back as they were', () => {
    const filters = {
      ...filtersOf(''),
      q: 'a & b',
      type: 'skill',
      state: 'update_available' as const,
      sort: 'date' as const,
      order: 'asc' as const,
    };
    expect(filtersOf(searchOf(filters))).toEqual(filters);
  });

  it('leave out what is as usual', () => {
    expect(searchOf(filtersOf(''))).toBe('');
    expect(searchOf({ ...filtersOf(''), sort: 'date', order: 'desc' })).toBe('?sort=date');
  });

  it('ignore what is not known', () => {
    expect(filtersOf('?sort=colour&order=up&state=fine')).toEqual(filtersOf(''));
  });

  it('can be cleared without losing the order', () => {
    const cleared = withoutFilters(filtersOf('?q=x&tag=y&sort=state'));
    expect(isFiltered(cleared)).toBe(false);
    expect(cleared.sort).toBe('state');
  });
});

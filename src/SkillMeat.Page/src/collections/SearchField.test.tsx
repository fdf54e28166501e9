import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { SearchField } from './SearchField';

afterEach(() => {
  vi.useRealTimers();
});

function wait(milliseconds: number): void {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
}

function Searched({ onSearch }: { onSearch: (text: string) => void }) {
  const [q, setQ] = useState('');
  return (
    <SearchField
      label="Search"
      value={q}
      onSearch={(text) => {
        onSearch(text);
        setQ(text);
      }}
    />
  );
}

it('searches at the first key, and not more often than the pause while one types', () => {
  vi.useFakeTimers();
  const onSearch = vi.fn();
  render(<Searched onSearch={onSearch} />);
  const type = (value: string, then: number): void => {
    fireEvent.change(screen.getByRole('searchbox'), { target: { value } });
    wait(then);
  };
  type('p', 1);
  expect(onSearch.mock.calls).toEqual([['p']]);
  type('pd', 20);
  type('pdf', 20);
  type('pdf ', 20);
  expect(onSearch).toHaveBeenCalledTimes(1);
  wait(80);
  expect(onSearch.mock.calls).toEqual([['p'], ['pdf ']]);
  wait(500);
  type('', 1);
  expect(onSearch).toHaveBeenLastCalledWith('');
});

it('takes the focus by the slash, also where that needs Shift', () => {
  render(<SearchField label="Search" value="" onSearch={() => undefined} />);
  fireEvent.keyDown(document.body, { key: '/', shiftKey: true });
  expect(screen.getByRole('searchbox')).toHaveFocus();
});

import { useState } from 'react';

export type View = 'table' | 'cards';

const key = 'skillmeat.view';

/** How artifacts are shown; the browser remembers it. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => {
    try {
      return localStorage.getItem(key) === 'cards' ? 'cards' : 'table';
    } catch {
      return 'table';
    }
  });
  return [
    view,
    (chosen) => {
      setView(chosen);
      try {
        localStorage.setItem(key, chosen);
      } catch {
        // Storage can be switched off; the choice then lasts until the page is closed.
      }
    },
  ];
}

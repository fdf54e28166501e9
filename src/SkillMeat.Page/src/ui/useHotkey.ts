import { useEffect, useRef } from 'react';

export interface Hotkey {
  /** `mod` is Ctrl, or Command on a Mac. */
  key: string;
  mod?: boolean;
  onPress: () => void;
  /** A bare letter must not fire while somebody types or a dialog is open. */
  enabled?: boolean;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Signs such as the slash need Shift on many keyboards. */
const isLetter = (key: string): boolean => /^[a-z]$/.test(key);

export function useHotkey({ key, mod = false, onPress, enabled = true }: Hotkey): void {
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || event.altKey || (event.shiftKey && isLetter(key)) || (event.ctrlKey || event.metaKey) !== mod)
        return;
      const isInDialog = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
      if (!mod && (isTyping(event.target) || isInDialog)) return;
      event.preventDefault();
      if (!isInDialog) latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key, mod, enabled]);
}

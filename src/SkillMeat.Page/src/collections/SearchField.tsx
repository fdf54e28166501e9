import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '../ui/cx';
import { Kbd } from '../ui/Kbd';
import { fieldLook } from '../ui/TextField';
import { useHotkey } from '../ui/useHotkey';

interface SearchFieldProps {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  className?: string;
}

// The first key is answered at once; those that follow fast share requests.
const pause = 80;

/** Searches while one types. */
export function SearchField({ label, value, onSearch, className }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const next = useRef(0);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useHotkey({ key: '/', onPress: () => input.current?.focus() });
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(
      () => {
        next.current = performance.now() + pause;
        setKnown(text);
        onSearch(text);
      },
      Math.max(0, next.current - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <div className={cx('relative', className)}>
      <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts="/"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) {
            event.preventDefault();
            setText('');
          }
        }}
        className={cx(fieldLook, 'h-9 pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden')}
      />
      {text ? (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            setText('');
            input.current?.focus();
          }}
          className="absolute top-1.5 right-1.5 rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      ) : (
        <span className="pointer-events-none absolute inset-y-0 right-2 hidden items-center sm:flex">
          <Kbd keys={['/']} />
        </span>
      )}
    </div>
  );
}

import { cx } from '../ui/cx';
import { visibleText } from '../ui/visibleText';

/** One version of a file; lines that the base does not have are marked. */
export function Side({ title, note, text, other }: { title: string; note: string; text: string | null; other: string | null }) {
  const known = other === null ? null : new Set(other.split('\n'));
  return (
    <section aria-label={title} className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
      <header className="flex items-baseline gap-2 border-b px-3 py-2">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="truncate text-sm text-ink-3">{note}</p>
      </header>
      <div className="scroll max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={`Text: ${title}`}>
        {text === null ? (
          <p className="p-3 text-sm text-ink-3">This side does not have the file.</p>
        ) : (
          <pre className="min-w-max py-2 font-mono text-xs leading-5">
            {text.split('\n').map((line, index) => {
              const isNew = known !== null && !known.has(line);
              return (
                <span key={index} className={cx('block px-3', isNew && 'bg-info-soft')}>
                  {isNew && <span className="sr-only">Changed: </span>}
                  {visibleText(line) || ' '}
                </span>
              );
            })}
          </pre>
        )}
      </div>
    </section>
  );
}

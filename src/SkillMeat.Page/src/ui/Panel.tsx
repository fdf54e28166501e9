import { useId, type ReactNode } from 'react';
import { cx } from './cx';
import { visibleNode } from './visibleText';

export function Panel({
  title,
  actions,
  className,
  flush = false,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={title ? id : undefined} className={cx('rounded-xl border bg-surface shadow-card', className)}>
      {title && (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
          <h2 id={id} className="min-w-0 text-base font-semibold wrap-anywhere">
            {visibleNode(title)}
          </h2>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
}

import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { visibleNode, visibleText } from './visibleText';

/** Says that there is nothing here, and what to do about it. */
export function EmptyState({
  icon: Icon,
  title,
  isScreen = false,
  children,
  actions,
}: {
  icon: LucideIcon;
  title: string;
  /** Whether nothing else is on the screen, so that this is its first heading. */ isScreen?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Heading = isScreen ? 'h1' : 'h2';
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <span className="mb-4 inline-flex size-12 items-center justify-center rounded-2xl border bg-surface text-ink-3 shadow-card">
        <Icon aria-hidden="true" className="size-5.5" />
      </span>
      <Heading className="max-w-full text-lg font-semibold wrap-anywhere">{visibleText(title)}</Heading>
      {children && <div className="mt-1 max-w-md text-base wrap-anywhere text-ink-3">{visibleNode(children)}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

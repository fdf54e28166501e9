import type { ReactNode } from 'react';

/** Names with their values. */
export const Facts = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-1 gap-x-6 gap-y-2 text-base sm:grid-cols-[11rem_minmax(0,1fr)]">{children}</dl>
);

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="contents">
    <dt className="text-ink-3 max-sm:text-sm">{name}</dt>
    <dd className="wrap-anywhere max-sm:mb-1.5">{children}</dd>
  </div>
);

import type { ReactNode } from 'react';

/** A problem, told where it arose. */
export const Alert = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm wrap-anywhere text-bad">
    {children}
  </p>
);

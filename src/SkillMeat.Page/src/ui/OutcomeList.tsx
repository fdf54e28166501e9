import type { ReactNode } from 'react';
import { Badge, type Tone } from './Badge';
import { visibleText } from './visibleText';

/** What became of something, or would: in a word, with its colour. */
export interface Outcome {
  text: string;
  tone: Tone;
}

export interface OutcomeRow {
  key: string;
  name: string;
  /** Behind the name: where it is. */
  place?: string | undefined;
  /** Below the name. */
  detail?: string | undefined;
  outcome: Outcome;
  reason?: string | null | undefined;
  action?: ReactNode;
}

/** The outcomes of an operation, or of its plan, one line each. */
export function OutcomeList({ label, rows }: { label: string; rows: OutcomeRow[] }) {
  return (
    <ul aria-label={label} className="divide-y rounded-xl border">
      {rows.map(({ key, name, place, detail, outcome, reason, action }) => (
        <li key={key} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <span className="min-w-0 flex-1 basis-48">
            <span className="block truncate text-base">
              {visibleText(name)}
              {place !== undefined && <span className="text-ink-3"> in {visibleText(place)}</span>}
            </span>
            {detail !== undefined && <span className="block truncate font-mono text-xs text-ink-3">{visibleText(detail)}</span>}
          </span>
          <Badge tone={outcome.tone}>{outcome.text}</Badge>
          {action}
          {reason && <span className="w-full text-sm wrap-anywhere text-ink-3">{visibleText(reason)}</span>}
        </li>
      ))}
    </ul>
  );
}

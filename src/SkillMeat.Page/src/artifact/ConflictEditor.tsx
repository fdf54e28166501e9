import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath, withQuery } from '../api/paths';
import { request } from '../api/request';
import type { ConflictText, Resolution } from '../api/types';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { ErrorState } from '../ui/ErrorState';
import { Segmented } from '../ui/Segmented';
import { Skeleton } from '../ui/Skeleton';
import { visibleText } from '../ui/visibleText';
import { choicesIn, conflictsIn, partsOf, placesIn, resolved, type Choice, type Conflict } from './conflictText';
import { plainEnds, withEnds } from '../ui/lineEnds';
import { Side } from './Side';

const choices = [
  { value: 'ours', text: 'Yours' },
  { value: 'theirs', text: 'Upstream’s' },
  { value: 'both', text: 'Both' },
  { value: 'open', text: 'Undecided' },
] as const;

interface ConflictEditorProps {
  collection: string;
  id: string;
  path: string;
  result: Resolution | undefined;
  /** While the results are sent, nothing can be changed that would not go along. */
  isLocked?: boolean;
  onResult: (result: Resolution) => void;
}

/** One file with conflicts: base, yours and upstream's beside each other, and the result, by choice or by hand. */
export function ConflictEditor({ collection, id, path, result, isLocked = false, onResult }: ConflictEditorProps) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'conflict', path),
    queryFn: ({ signal }) => request<ConflictText>(withQuery(`${artifactPath(collection, id)}/conflict`, { path }), { signal }),
    // The text that somebody is editing must not change below his hands.
    staleTime: Infinity,
  });
  if (isPending) return <Skeleton className="h-96" />;
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <Editor conflict={data} result={result} isLocked={isLocked} onResult={onResult} />;
}

function Editor({
  conflict,
  result,
  isLocked,
  onResult,
}: {
  conflict: ConflictText;
  result: Resolution | undefined;
  isLocked: boolean;
  onResult: (result: Resolution) => void;
}) {
  const id = useId();
  const { ours, theirs, state } = conflict;
  const parts = useMemo(() => partsOf(conflict.merged ?? ''), [conflict.merged]);
  const conflicts = parts.filter((part): part is Conflict => part.kind === 'conflict');
  // Without lines to choose from, nothing is merged, and the file begins as it is.
  const begin = conflicts.length > 0 ? (conflict.merged ?? '') : (ours ?? theirs ?? '');
  const [asked, setAsked] = useState<Resolution | null>(null);
  const isOther = result !== undefined && result.state !== state;
  const text = !result ? begin : 'text' in result ? result.text : ((result.take === 'ours' ? ours : theirs) ?? '');
  const left = result && 'take' in result ? 0 : conflictsIn(text);
  const onText = (next: string): void => onResult({ state, text: next });
  const take = (side: 'ours' | 'theirs'): void => replace({ state, take: side });
  const made = useMemo(() => choicesIn(parts, text), [parts, text]);
  const places = useMemo(() => placesIn(parts, text), [parts, text]);
  const isByHand = result !== undefined && 'text' in result && !made && ![begin, ours, theirs].includes(text);
  // In a text that was edited by hand, only the conflict itself is replaced.
  const choose = (index: number, choice: Choice): void =>
    onText(made ? resolved(parts, made.with(index, choice)) : resolved(partsOf(text), placed(places[index] ?? -1, choice)));
  const replace = (next: Resolution): void => (isByHand ? setAsked(next) : onResult(next));
  const all = (choice: Choice): void =>
    replace({
      state,
      text: resolved(
        parts,
        conflicts.map(() => choice),
      ),
    });
  return (
    <div className="space-y-4">
      {isOther && (
        <p role="alert" className="flex flex-wrap items-center gap-3 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
          <span className="min-w-0 flex-1">
            The file changed while you worked on it. Your result is still here: compare it with the versions below.
          </span>
          <Button size="sm" disabled={isLocked} onClick={() => onResult({ ...result, state })}>
            Keep my result
          </Button>
        </p>
      )}
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-3">
        <Side title="Yours" note="with your edits" text={conflict.ours} other={conflict.base} />
        <Side title="Base" note="the version that both began with" text={conflict.base} other={null} />
        <Side title="Upstream’s" note="the new version" text={conflict.theirs} other={conflict.base} />
      </div>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <fieldset disabled={isLocked} aria-label="Conflicts" className="min-w-0 space-y-3">
          <header className="flex flex-wrap items-center gap-2">
            <h2 className="mr-auto text-base font-semibold">{count(conflicts.length, 'conflict')}</h2>
            <Button size="sm" onClick={() => all('ours')}>
              All yours
            </Button>
            <Button size="sm" onClick={() => all('theirs')}>
              All upstream’s
            </Button>
          </header>
          {conflicts.length === 0 && (
            <p className="rounded-xl border border-dashed p-4 text-base text-ink-3">
              {conflict.conflicts[0]?.reason ?? 'The two versions cannot be merged by line.'} Write the result at the right, or take one
              side.
            </p>
          )}
          {conflicts.map((one, index) => (
            <article key={index} className="overflow-hidden rounded-xl border bg-surface shadow-card">
              <header className="flex flex-wrap items-center justify-between gap-2 border-b px-3 py-2">
                <h3 className="text-sm font-medium">
                  Conflict {index + 1} of {conflicts.length}
                </h3>
                {made || (places[index] ?? -1) >= 0 ? (
                  <Segmented<Choice>
                    label={`Conflict ${index + 1}`}
                    value={made?.[index] ?? 'open'}
                    options={choices}
                    onChoose={(choice) => choose(index, choice)}
                  />
                ) : (
                  <p className="text-sm text-ink-3">Edit it in the result</p>
                )}
              </header>
              <div className="grid sm:grid-cols-2">
                <Block label="Yours" text={one.ours} />
                <Block label="Upstream’s" text={one.theirs} />
              </div>
            </article>
          ))}
          {conflicts.length === 0 && (
            <div className="flex gap-2">
              <Button onClick={() => take('ours')}>{ours === null && conflict.is_text ? 'Leave it deleted' : 'Take yours'}</Button>
              <Button onClick={() => take('theirs')}>{theirs === null && conflict.is_text ? 'Delete it' : 'Take upstream’s'}</Button>
            </div>
          )}
        </fieldset>
        <section aria-labelledby={`${id}-title`} className="overflow-hidden rounded-xl border bg-surface shadow-card">
          <header className="flex items-center justify-between gap-2 border-b px-3 py-2">
            <h2 id={`${id}-title`} className="text-base font-semibold">
              Result
            </h2>
            <span role="status">
              {left === 0 && result && !isOther ? (
                <Badge tone="ok" icon={CircleCheck}>
                  Resolved
                </Badge>
              ) : (
                <Badge tone="bad" icon={TriangleAlert}>
                  {left === 0 ? 'Not decided' : `${left} left`}
                </Badge>
              )}
            </span>
          </header>
          <textarea
            aria-labelledby={`${id}-title`}
            spellCheck={false}
            readOnly={isLocked || !conflict.is_text}
            placeholder={conflict.is_text ? undefined : 'This file is not text. Take one side.'}
            value={plainEnds(text)}
            onChange={(event) => onText(withEnds(text, event.target.value))}
            className="scroll block min-h-96 w-full resize-y bg-surface p-3 font-mono text-xs leading-5 -outline-offset-2 [field-sizing:content]"
          />
        </section>
      </div>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title="Replace what was written by hand?"
        description="The result has text that no choice made. It is lost if the result is replaced."
        action="Replace it"
        onConfirm={() => {
          if (asked) onResult(asked);
          setAsked(null);
        }}
      />
    </div>
  );
}

const placed = (index: number, choice: Choice): (Choice | undefined)[] =>
  Array.from({ length: index + 1 }, (_, at) => (at === index ? choice : undefined));

const Block = ({ label, text }: { label: string; text: string }) => (
  <div className="min-w-0 border-b p-3 last:border-b-0 sm:border-r sm:border-b-0 sm:last:border-r-0">
    <p className="mb-1 text-xs font-medium text-ink-3">{label}</p>
    <pre tabIndex={0} className="scroll overflow-x-auto font-mono text-xs leading-5">
      {text ? visibleText(text) : '(nothing)'}
    </pre>
  </div>
);

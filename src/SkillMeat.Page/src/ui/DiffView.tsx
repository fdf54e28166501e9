import { useState } from 'react';
import type { DiffHunk, FileComparison } from '../api/types';
import { Badge } from './Badge';
import { Button } from './Button';
import { cx } from './cx';
import { visibleText } from './visibleText';

const first = 400;
const changes = {
  added: { tone: 'ok', text: 'Added' },
  changed: { tone: 'info', text: 'Changed' },
  deleted: { tone: 'bad', text: 'Deleted' },
} as const;
const rows = { added: 'bg-ok-soft', removed: 'bg-bad-soft', context: '' };
const signs = { added: '+', removed: '\u2212', context: ' ' };
const spoken = { added: 'Added: ', removed: 'Removed: ', context: '' };

/** The files of a comparison, each with its changed lines. */
export function DiffView({ files }: { files: FileComparison[] }) {
  if (files.length === 0)
    return <p className="rounded-lg border border-dashed px-4 py-8 text-center text-base text-ink-3">The two sides are the same.</p>;
  return (
    <div className="space-y-4">
      {files.map((file) => (
        <FileDiff key={file.path} file={file} />
      ))}
    </div>
  );
}

function FileDiff({ file }: { file: FileComparison }) {
  const [all, setAll] = useState(false);
  const change = changes[file.change];
  const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
  return (
    <section aria-label={file.path} className="overflow-hidden rounded-lg border">
      <header className="flex items-center gap-2 border-b bg-sunken px-3 py-1.5">
        <span className="min-w-0 flex-1 truncate font-mono text-sm" title={file.path}>
          {visibleText(file.path)}
        </span>
        <Badge tone={change.tone}>{change.text}</Badge>
      </header>
      {file.note && <p className="px-3 py-2 text-sm text-ink-3">{file.note}</p>}
      <div className="scroll overflow-x-auto bg-surface" role="region" aria-label={`Changes of ${file.path}`} tabIndex={0}>
        <table className="w-full border-collapse font-mono text-xs leading-5">
          <tbody>
            {(all ? file.hunks : upTo(file.hunks, first)).map((hunk, index) => (
              <Hunk key={index} hunk={hunk} />
            ))}
          </tbody>
        </table>
      </div>
      {!all && lines > first && (
        <div className="border-t p-2 text-center">
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            Show all {lines} lines
          </Button>
        </div>
      )}
    </section>
  );
}

function Hunk({ hunk }: { hunk: DiffHunk }) {
  return (
    <>
      <tr className="bg-info-soft text-info">
        <td colSpan={4} className="px-3">
          @@ −{hunk.old_start},{hunk.old_count} +{hunk.new_start},{hunk.new_count} @@
        </td>
      </tr>
      {hunk.lines.map((line, index) => (
        <tr key={index} className={rows[line.kind]}>
          <td className="w-10 px-2 text-right text-ink-3 select-none">{line.old_line}</td>
          <td className="w-10 px-2 text-right text-ink-3 select-none">{line.new_line}</td>
          <td
            aria-hidden="true"
            className={cx('w-5 text-center select-none', line.kind === 'added' && 'text-ok', line.kind === 'removed' && 'text-bad')}
          >
            {signs[line.kind]}
          </td>
          <td className="pr-4 whitespace-pre">
            <span className="sr-only">{spoken[line.kind]}</span>
            {visibleText(line.text)}
          </td>
        </tr>
      ))}
    </>
  );
}

function upTo(hunks: DiffHunk[], limit: number): DiffHunk[] {
  const shown: DiffHunk[] = [];
  let left = limit;
  for (const hunk of hunks) {
    if (left <= 0) break;
    shown.push({ ...hunk, lines: hunk.lines.slice(0, left) });
    left -= hunk.lines.length;
  }
  return shown;
}

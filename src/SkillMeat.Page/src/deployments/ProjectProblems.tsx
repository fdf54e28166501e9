import { count } from '../ui/count';
import { visibleText } from '../ui/visibleText';

/** Projects of which not everything could be read: their copies may be missing in the list. */
export function ProjectProblems({ problems }: { problems: Record<string, string> }) {
  const all = Object.entries(problems);
  if (all.length === 0) return null;
  return (
    <section aria-label="Problems" className="mb-4 rounded-xl border bg-bad-soft px-4 py-3 text-base text-bad">
      <h2 className="font-semibold">{count(all.length, 'project')} could not be read as a whole</h2>
      <ul className="mt-1 space-y-1 text-sm wrap-anywhere">
        {all.map(([project, message]) => (
          <li key={project}>
            <span className="font-mono text-xs">{visibleText(project)}</span>: {visibleText(message)}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { TriangleAlert } from 'lucide-react';
import { ApiProblem } from '../api/ApiProblem';
import { Button } from './Button';
import { EmptyState } from './EmptyState';
import { visibleText } from './visibleText';

/** Tells a failed request, with a way to try it again. */
export function ErrorState({ error, isScreen = false, onRetry }: { error: unknown; isScreen?: boolean; onRetry?: () => void }) {
  const problem = error instanceof ApiProblem ? error : null;
  const title = problem?.isUnreachable ? 'The service does not answer' : problem?.status === 404 ? 'Not found' : 'This could not be loaded';
  return (
    <div role="alert">
      <EmptyState isScreen={isScreen} icon={TriangleAlert} title={title} actions={onRetry && <Button onClick={onRetry}>Try again</Button>}>
        <p className="wrap-anywhere">{error instanceof Error ? visibleText(error.message) : 'An unknown error occurred.'}</p>
        {problem?.details.nearest && (
          <p className="mt-1">
            The nearest name is <strong className="text-ink">{visibleText(problem.details.nearest)}</strong>.
          </p>
        )}
        {problem?.code && <p className="mt-2 font-mono text-xs">{problem.code}</p>}
      </EmptyState>
    </div>
  );
}

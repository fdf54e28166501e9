import { useState } from 'react';
import { IconButton } from '../ui/IconButton';
import { ProgressBar } from '../ui/ProgressBar';
import { useToast } from '../ui/useToast';
import { X } from 'lucide-react';
import { useJobs } from './useJobs';
import { visibleText } from '../ui/visibleText';

/** The progress of long work, at the lower edge of the window. */
export function JobTray() {
  const { running, cancel } = useJobs();
  const { fail } = useToast();
  const [hasRun, setHasRun] = useState(false);
  if (running.length > 0 && !hasRun) setHasRun(true);
  return (
    <>
      {/* Progress changes each second; only the begin and the end of work are announced. */}
      <p role="status" className="sr-only">
        {running.length > 0 ? `Running: ${running.map((one) => visibleText(one.title)).join(', ')}` : hasRun && 'The work has ended.'}
      </p>
      <section
        aria-label="Running work"
        className="pointer-events-none fixed bottom-0 left-0 z-30 flex w-full flex-col gap-2 p-4 empty:hidden sm:w-96 lg:left-60"
      >
        {running.map(({ job, title }) => {
          const { done, total, text } = job.progress;
          return (
            <div key={job.id} className="pointer-events-auto animate-slide rounded-xl border bg-raised p-3.5 shadow-float">
              <div className="mb-2 flex items-start gap-2">
                <div className="min-w-0 flex-1">
                  <p className="text-base font-medium wrap-anywhere">{visibleText(title)}</p>
                  <p className="truncate text-sm text-ink-3">
                    {visibleText(text) || (job.state === 'queued' ? 'Waiting for other work' : 'Working')}
                    {total > 0 && ` · ${done} of ${total}`}
                  </p>
                </div>
                <IconButton label={`Cancel: ${title}`} icon={X} className="-m-1.5" onClick={() => void cancel(job.id).catch(fail)} />
              </div>
              <ProgressBar label={title} done={done} total={total} />
            </div>
          );
        })}
      </section>
    </>
  );
}

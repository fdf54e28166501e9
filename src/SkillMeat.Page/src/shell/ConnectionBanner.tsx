import { CircleCheck, KeyRound, PlugZap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { useConnection } from './useConnection';

/** Says that the service is gone, and that it is back. */
export function ConnectionBanner() {
  const { connection, retryNow } = useConnection();
  const [isBack, setIsBack] = useState(false);
  const [last, setLast] = useState(connection);
  if (last !== connection) {
    setLast(connection);
    setIsBack(connection === 'online' && (last === 'offline' || last === 'unauthorized'));
  }
  useEffect(() => {
    if (!isBack) return;
    const timer = setTimeout(() => setIsBack(false), 4000);
    return () => clearTimeout(timer);
  }, [isBack]);
  return (
    <div role="status">
      {connection === 'offline' && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-warn-soft px-4 py-2 text-base text-warn">
          <PlugZap aria-hidden="true" className="size-4 shrink-0" />
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">The service does not answer.</strong> Start it with{' '}
            <code className="font-mono">skm serve</code>. This page shows what it last knew, and goes on by itself.
          </p>
          <Spinner className="size-3.5" />
          <Button size="sm" onClick={retryNow}>
            Try now
          </Button>
        </div>
      )}
      {connection === 'unauthorized' && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-bad-soft px-4 py-2 text-base text-bad">
          <KeyRound aria-hidden="true" className="size-4 shrink-0" />
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">The service does not know this page.</strong> Open the address that{' '}
            <code className="font-mono">skm serve</code> printed, or run <code className="font-mono">skm serve --open</code>.
          </p>
        </div>
      )}
      {isBack && (
        <div className="flex items-center gap-3 border-b bg-ok-soft px-4 py-2 text-base text-ok">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0" />
          <p>The service is back. Everything is read again.</p>
        </div>
      )}
    </div>
  );
}

import * as Radix from '@radix-ui/react-toast';
import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { cx } from './cx';
import { ToastContext, type Toast } from './useToast';
import { visibleText } from './visibleText';

const icons = { ok: CircleCheck, info: Info, bad: TriangleAlert };
const colours = { ok: 'text-ok', info: 'text-info', bad: 'text-bad' };

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([]);
  const next = useRef(0);
  const show = useCallback((toast: Toast) => {
    next.current += 1;
    const id = next.current;
    setToasts((shown) => [...shown.slice(-3), { ...toast, id }]);
  }, []);
  const value = useMemo(
    () => ({
      show,
      fail: (error: unknown, title = 'That did not work') =>
        show({ tone: 'bad', title, text: error instanceof Error ? error.message : String(error) }),
    }),
    [show],
  );
  const remove = (id: number): void => setToasts((shown) => shown.filter((one) => one.id !== id));
  return (
    <ToastContext value={value}>
      <Radix.Provider swipeDirection="right" label="Notification">
        {children}
        {toasts.map(({ id, tone = 'ok', title, text, action }) => {
          const Icon = icons[tone];
          return (
            <Radix.Root
              key={id}
              type={tone === 'bad' ? 'foreground' : 'background'}
              duration={tone === 'bad' || action ? 12_000 : 5_000}
              onOpenChange={(open) => {
                if (!open) remove(id);
              }}
              className="flex w-full animate-slide items-start gap-3 rounded-xl border bg-raised p-3.5 shadow-float"
            >
              <Icon aria-hidden="true" className={cx('mt-0.5 size-4.5 shrink-0', colours[tone])} />
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-base font-medium wrap-anywhere">{visibleText(title)}</Radix.Title>
                {text && <Radix.Description className="mt-0.5 text-sm wrap-anywhere text-ink-3">{visibleText(text)}</Radix.Description>}
                {action && (
                  <Radix.Action asChild altText={action.text}>
                    <button type="button" onClick={action.onAct} className="mt-1.5 text-sm font-medium text-accent hover:underline">
                      {action.text}
                    </button>
                  </Radix.Action>
                )}
              </div>
              <Radix.Close aria-label="Dismiss" className="-m-1 rounded-md p-1 text-ink-3 hover:bg-hover hover:text-ink">
                <X aria-hidden="true" className="size-4" />
              </Radix.Close>
            </Radix.Root>
          );
        })}
        <Radix.Viewport className="fixed right-0 bottom-0 z-60 flex w-full flex-col gap-2 p-4 outline-none sm:w-96" />
      </Radix.Provider>
    </ToastContext>
  );
}

import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';
import { IconButton } from './IconButton';
import { Shade } from './Shade';
import { visibleNode } from './visibleText';

const widths = { sm: 'sm:max-w-md', md: 'sm:max-w-2xl', lg: 'sm:max-w-4xl', xl: 'sm:max-w-[min(92rem,94vw)]' };

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  width?: keyof typeof widths;
  footer?: ReactNode;
  /** A click beside it does not close it. */
  keepsOpen?: boolean;
  children: ReactNode;
}

/** A dialog in the middle of the window; on a phone it covers the window's lower part. */
export function Dialog({ open, onOpenChange, title, description, width = 'md', footer, keepsOpen = false, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Shade />
        <div className="fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-6">
          <Radix.Content
            // The dialog itself takes the focus, unless a field asks for it: the first button is the one that closes.
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
            }}
            onInteractOutside={(event) => {
              if (keepsOpen) event.preventDefault();
            }}
            tabIndex={-1}
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
            className={cx(
              'flex max-h-[92dvh] w-full animate-pop flex-col overflow-hidden rounded-t-2xl border bg-raised shadow-float outline-none sm:max-h-[86dvh] sm:rounded-2xl',
              widths[width],
            )}
          >
            <header className="flex items-start gap-3 border-b py-4 pr-3 pl-5">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-lg font-semibold wrap-anywhere">{visibleNode(title)}</Radix.Title>
                {description !== undefined && (
                  <Radix.Description className="mt-0.5 text-sm wrap-anywhere text-ink-3">{visibleNode(description)}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <IconButton label="Close" icon={X} className="-my-1" />
              </Radix.Close>
            </header>
            <div className="scroll min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
            {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-surface px-5 py-3.5">{footer}</footer>}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

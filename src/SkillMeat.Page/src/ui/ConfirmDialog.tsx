import * as Radix from '@radix-ui/react-alert-dialog';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { Shade } from './Shade';
import { visibleNode, visibleText } from './visibleText';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  action: string;
  busy?: boolean;
  onConfirm: () => void;
}

/** Asks before something is taken away; the safe button has the focus. */
export function ConfirmDialog({ open, onOpenChange, title, description, action, busy = false, onConfirm }: ConfirmDialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Shade />
        <div className="fixed inset-0 z-40 flex items-end justify-center p-4 sm:items-center">
          <Radix.Content className="w-full max-w-md animate-pop rounded-2xl border bg-raised p-5 shadow-float outline-none">
            <Radix.Title className="text-lg font-semibold wrap-anywhere">{visibleText(title)}</Radix.Title>
            <Radix.Description asChild>
              <div className="mt-2 text-base text-ink-2">{visibleNode(description)}</div>
            </Radix.Description>
            <div className="mt-5 flex flex-wrap justify-end gap-2">
              <Radix.Cancel asChild>
                <Button>Cancel</Button>
              </Radix.Cancel>
              <Button variant="danger" busy={busy} onClick={onConfirm}>
                {action}
              </Button>
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

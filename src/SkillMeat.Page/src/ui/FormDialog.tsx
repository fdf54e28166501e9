import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface FormDialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The word on the button that sends the form. */
  action: string;
  busy: boolean;
  /** Whether enough is filled in. */
  isReady?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with a few fields. A click beside it does not close it, because what was typed would be lost. */
export function FormDialog({ title, description, action, busy, isReady = true, onSubmit, onClose, children }: FormDialogProps) {
  return (
    <Dialog
      open
      keepsOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="sm"
      title={title}
      description={description}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !busy) onSubmit();
        }}
      >
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={busy} disabled={!isReady}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

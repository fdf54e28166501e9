import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { cx } from './cx';
import { Spinner } from './Spinner';
import { Tip } from './Tip';
import { visibleText } from './visibleText';

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: LucideIcon;
  busy?: boolean;
  bordered?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon: Icon, busy = false, bordered = false, className, disabled, ...rest }: IconButtonProps) {
  return (
    <Tip text={visibleText(label)}>
      <button
        type="button"
        aria-label={visibleText(label)}
        aria-busy={busy || undefined}
        disabled={disabled === true || busy}
        className={cx(
          'inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-ink-2 transition-colors hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:opacity-55',
          bordered && 'border border-line-strong bg-surface shadow-card',
          className,
        )}
        {...rest}
      >
        {busy ? <Spinner /> : <Icon aria-hidden="true" className="size-4" />}
      </button>
    </Tip>
  );
}

import { Slot } from '@radix-ui/react-slot';
import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { cx } from './cx';
import { Spinner } from './Spinner';

const variants = {
  primary: 'bg-accent-fill text-white border-transparent hover:not-disabled:bg-accent-fill-hover shadow-card',
  secondary: 'bg-surface text-ink border-line-strong hover:not-disabled:bg-hover shadow-card',
  ghost: 'bg-transparent text-ink-2 border-transparent hover:not-disabled:bg-hover hover:not-disabled:text-ink',
  danger: 'bg-bad-fill text-white border-transparent hover:not-disabled:brightness-110 shadow-card',
};

const sizes = { sm: 'h-7 px-2.5 text-sm gap-1.5', md: 'h-9 px-3.5 text-base gap-2' };

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  icon?: LucideIcon;
  /** Shows a spinner in place of the icon, and takes no clicks. */
  busy?: boolean;
  asChild?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  busy = false,
  asChild = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  const look = cx(
    'inline-flex shrink-0 items-center justify-center rounded-lg border font-medium whitespace-nowrap transition-colors select-none disabled:opacity-55',
    variants[variant],
    sizes[size],
    className,
  );
  if (asChild)
    return (
      <Slot className={look} {...rest}>
        {children}
      </Slot>
    );
  return (
    <button type={type} className={look} disabled={disabled === true || busy} aria-busy={busy || undefined} {...rest}>
      {busy ? <Spinner className="size-3.5" /> : Icon && <Icon aria-hidden="true" className="size-4 shrink-0" />}
      {children}
    </button>
  );
}

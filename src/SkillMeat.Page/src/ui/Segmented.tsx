import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { cx } from './cx';

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; text: string; icon?: LucideIcon; iconOnly?: boolean }[];
  onChoose: (value: T) => void;
  className?: string;
}

/** A choice of a few, all visible; radio buttons below, so that the arrow keys work. */
export function Segmented<T extends string>({ label, value, options, onChoose, className }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={cx('inline-flex max-w-full rounded-lg border border-line-strong bg-sunken p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map(({ value: one, text, icon: Icon, iconOnly }) => (
        <label
          key={one}
          title={iconOnly ? text : undefined}
          className={cx(
            'inline-flex min-h-7.5 cursor-pointer items-center gap-1.5 rounded-md px-2.5 text-center text-sm leading-tight font-medium text-ink-3 transition-colors hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-card',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
          )}
        >
          <input type="radio" name={name} value={one} checked={value === one} onChange={() => onChoose(one)} className="sr-only" />
          {Icon && <Icon aria-hidden="true" className="size-4" />}
          <span className={iconOnly ? 'sr-only' : undefined}>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

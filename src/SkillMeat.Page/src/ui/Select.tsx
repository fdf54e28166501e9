import { ChevronDown } from 'lucide-react';
import { useId, type SelectHTMLAttributes } from 'react';
import { cx } from './cx';
import { visibleText } from './visibleText';

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'onChange'> {
  label: string;
  hideLabel?: boolean;
  options: readonly { value: string; text: string; disabled?: boolean }[];
  onChoose: (value: string) => void;
}

/** The browser's own list: it works by keyboard, by touch and with every screen reader. */
export function Select({ label, hideLabel = false, options, onChoose, className, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1 block text-sm font-medium'}>
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          className={cx(
            'h-9 w-full appearance-none truncate rounded-lg border border-line-strong bg-surface pr-8 pl-3 text-base shadow-card transition-colors hover:border-ink-3 disabled:opacity-55',
          )}
          onChange={(event) => onChoose(event.target.value)}
          {...rest}
        >
          {options.map((one) => (
            <option key={one.value} value={one.value} disabled={one.disabled}>
              {visibleText(one.text)}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-ink-3" />
      </div>
    </div>
  );
}

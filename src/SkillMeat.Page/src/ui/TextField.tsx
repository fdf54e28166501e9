import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';
import { cx } from './cx';
import { visibleNode } from './visibleText';

export const fieldLook =
  'w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-ink shadow-card transition-colors hover:border-ink-3 disabled:opacity-55 aria-invalid:border-bad';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  label: string;
  hint?: ReactNode;
  problem?: string | null | undefined;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, problem, className, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        className={cx(fieldLook, 'h-9')}
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        {...rest}
      />
      {(problem ?? hint) && (
        <p id={`${id}-hint`} className={cx('mt-1 text-sm', problem ? 'text-bad' : 'text-ink-3')}>
          {visibleNode(problem ?? hint)}
        </p>
      )}
    </div>
  );
}

import { useId, type TextareaHTMLAttributes } from 'react';
import { cx } from './cx';
import { fieldLook } from './TextField';

export function TextArea({ label, className, ...rest }: { label: string } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <textarea id={id} rows={3} className={cx(fieldLook, 'py-2')} {...rest} />
    </div>
  );
}

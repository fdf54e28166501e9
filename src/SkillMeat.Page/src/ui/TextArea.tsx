import { useId, type TextareaHTMLAttributes } from 'react';
import { cx } from './cx';
import { withEnds } from './lineEnds';
import { fieldLook } from './TextField';

interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'value' | 'onChange'> {
  label: string;
  value: string;
  onText: (text: string) => void;
}

/** A text of several lines. Lines that are not edited keep their ends, although the browser's field has \n everywhere. */
export function TextArea({ label, className, value, onText, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        className={cx(fieldLook, 'py-2')}
        value={value}
        onChange={(event) => onText(withEnds(value, event.target.value))}
        {...rest}
      />
    </div>
  );
}

import type { InputHTMLAttributes, Ref } from 'react';
import { cx } from './cx';

export function Checkbox({ className, ...rest }: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { ref?: Ref<HTMLInputElement> }) {
  return <input type="checkbox" className={cx('size-4 shrink-0 cursor-pointer rounded accent-accent-fill', className)} {...rest} />;
}

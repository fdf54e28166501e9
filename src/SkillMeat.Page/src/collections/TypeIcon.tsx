import { cx } from '../ui/cx';
import { typeName } from './typeNames';

export function TypeIcon({ type, large = false }: { type: string; large?: boolean }) {
  const { icon: Icon, look, one } = typeName(type);
  return (
    <span className={cx('inline-flex shrink-0 items-center justify-center', large ? 'size-12 rounded-xl' : 'size-8 rounded-lg', look)}>
      <Icon aria-hidden="true" className={large ? 'size-6' : 'size-4.5'} />
      <span className="sr-only">{one}</span>
    </span>
  );
}

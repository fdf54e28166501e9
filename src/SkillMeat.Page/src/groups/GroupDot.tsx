import { cx } from '../ui/cx';
import { groupColour } from './groupColours';

export function GroupDot({ colour, className }: { colour: string | null; className?: string }) {
  const shown = groupColour(colour);
  return (
    <span
      aria-hidden="true"
      className={cx('inline-block size-2.5 shrink-0 rounded-full', 'look' in shown && shown.look, className)}
      {...('style' in shown ? { style: shown.style } : {})}
    />
  );
}

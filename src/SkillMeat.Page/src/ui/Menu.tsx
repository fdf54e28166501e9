import * as Radix from '@radix-ui/react-dropdown-menu';
import { Check, type LucideIcon } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { cx } from './cx';
import { visibleNode } from './visibleText';

const item =
  'flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2 py-1 text-base outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover';

export function Menu({ trigger, align = 'end', children }: { trigger: ReactNode; align?: 'start' | 'end'; children: ReactNode }) {
  // The menu opens within the landmark or dialog of its button, where assistive technology looks for it.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const find = useCallback(
    (button: HTMLElement | null) => setPlace(button?.closest<HTMLElement>('[role=dialog], main, aside') ?? null),
    [],
  );
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild ref={find}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal container={place}>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="scroll z-50 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] max-w-[min(24rem,92vw)] min-w-52 animate-pop overflow-y-auto rounded-xl border bg-raised p-1.5 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  icon: Icon,
  danger = false,
  disabled = false,
  onSelect,
  children,
}: {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.Item className={cx(item, danger && 'text-bad')} disabled={disabled} onSelect={onSelect}>
      {Icon && <Icon aria-hidden="true" className={cx('size-4 shrink-0', !danger && 'text-ink-3')} />}
      <span className="min-w-0 flex-1 wrap-anywhere">{visibleNode(children)}</span>
    </Radix.Item>
  );
}

export function MenuChoice({ checked, onSelect, children }: { checked: boolean; onSelect: () => void; children: ReactNode }) {
  return (
    <Radix.CheckboxItem className={item} checked={checked} onSelect={onSelect}>
      <Check aria-hidden="true" className={cx('size-4 shrink-0 text-accent', !checked && 'invisible')} />
      <span className="min-w-0 flex-1 wrap-anywhere">{visibleNode(children)}</span>
    </Radix.CheckboxItem>
  );
}

export const MenuLine = () => <Radix.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-1 pb-1 text-xs font-medium text-ink-3">{children}</Radix.Label>
);

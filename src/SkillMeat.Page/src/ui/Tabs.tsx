import * as Radix from '@radix-ui/react-tabs';
import type { ReactNode } from 'react';

interface TabsProps<T extends string> {
  label: string;
  value: T;
  tabs: readonly { value: T; text: string; count?: number | undefined }[];
  onChoose: (value: T) => void;
  children: ReactNode;
}

export function Tabs<T extends string>({ label, value, tabs, onChoose, children }: TabsProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(one) => onChoose(one as T)} activationMode="automatic">
      <Radix.List aria-label={label} className="scroll mb-5 flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-3 text-base font-medium text-ink-3 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.text}
            {tab.count !== undefined && <span className="rounded-md bg-sunken px-1.5 text-xs text-ink-3">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export const Tab = ({ value, children }: { value: string; children: ReactNode }) => (
  <Radix.Content value={value} className="outline-none" tabIndex={-1}>
    {children}
  </Radix.Content>
);

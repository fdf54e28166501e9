import * as Dialog from '@radix-ui/react-dialog';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { JobTray } from '../jobs/JobTray';
import { screenOf } from '../router/route';
import { usePath } from '../router/useLocation';
import { IconButton } from '../ui/IconButton';
import { Kbd } from '../ui/Kbd';
import { Shade } from '../ui/Shade';
import { useHotkey } from '../ui/useHotkey';
import { Brand } from './Brand';
import { CommandPalette } from './CommandPalette';
import { ConnectionBanner } from './ConnectionBanner';
import { ScrollContext } from './useScroller';
import { Sidebar } from './Sidebar';

/** The frame around every screen. */
export function Shell({ children }: { children: ReactNode }) {
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isSearching, setIsSearching] = useState(false);
  const main = useRef<HTMLElement>(null);
  const path = usePath();
  const seen = useRef(path);
  useHotkey({ key: 'k', mod: true, onPress: () => setIsSearching(true) });
  useEffect(() => {
    // After a change of the screen the focus goes to it.
    if (screenOf(seen.current) !== screenOf(path)) {
      main.current?.scrollTo({ top: 0 });
      main.current?.focus({ preventScroll: true });
    }
    seen.current = path;
  }, [path]);
  return (
    <div className="grid h-dvh grid-rows-[auto_1fr] lg:grid-cols-[15rem_1fr] lg:grid-rows-1">
      <a
        href="#main"
        className="sr-only z-60 rounded-lg bg-accent-fill px-4 py-2 text-white focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <aside aria-label="Sidebar" className="hidden min-h-0 border-r bg-surface lg:block">
        <Sidebar />
      </aside>
      <header className="flex h-14 items-center gap-2 border-b bg-surface px-2 lg:hidden">
        <Dialog.Root open={isMenuOpen} onOpenChange={setIsMenuOpen}>
          <Dialog.Trigger asChild>
            <IconButton label="Menu" icon={MenuIcon} />
          </Dialog.Trigger>
          <Dialog.Portal>
            <Shade />
            <Dialog.Content
              aria-describedby={undefined}
              className="fixed inset-y-0 left-0 z-40 w-72 max-w-[85vw] animate-drawer border-r bg-surface shadow-float outline-none"
            >
              <Dialog.Title className="sr-only">Menu</Dialog.Title>
              <Sidebar onNavigate={() => setIsMenuOpen(false)} />
            </Dialog.Content>
          </Dialog.Portal>
        </Dialog.Root>
        <Brand />
        <IconButton label="Search" icon={Search} className="ml-auto" onClick={() => setIsSearching(true)} />
      </header>
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="hidden h-14 shrink-0 border-b bg-surface lg:block">
          <div className="mx-auto flex h-full max-w-[120rem] items-center px-6">
            <button
              type="button"
              onClick={() => setIsSearching(true)}
              className="flex h-9 w-full max-w-lg items-center gap-2.5 rounded-lg border bg-canvas px-3 text-base text-ink-3 transition-colors hover:border-line-strong hover:text-ink-2"
            >
              <Search aria-hidden="true" className="size-4" />
              <span className="flex-1 text-left">Search or go to…</span>
              <Kbd keys={['mod', 'K']} />
            </button>
          </div>
        </div>
        <ConnectionBanner />
        <ScrollContext value={main}>
          <main id="main" ref={main} tabIndex={-1} className="scroll min-h-0 flex-1 overflow-y-auto outline-none">
            <div className="mx-auto max-w-[120rem] px-4 py-5 sm:px-6 sm:py-6">{children}</div>
          </main>
        </ScrollContext>
      </div>
      <JobTray />
      <CommandPalette open={isSearching} onOpenChange={setIsSearching} />
    </div>
  );
}

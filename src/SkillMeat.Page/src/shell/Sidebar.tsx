import { Boxes, Group, History, Rocket, Settings, Store, type LucideIcon } from 'lucide-react';
import { Link } from '../router/Link';
import { to, type Route } from '../router/route';
import { useRoute } from '../router/useLocation';
import { useInfo } from '../settings/useInfo';
import { cx } from '../ui/cx';
import { Brand } from './Brand';
import { CollectionSwitcher } from './CollectionSwitcher';
import { ThemeSwitch } from './ThemeSwitch';
import { useCurrentCollection } from './useCurrentCollection';

interface Entry {
  text: string;
  icon: LucideIcon;
  path: string;
  screens: Route['screen'][];
}

/** The way to every screen; the upper entries are about the chosen collection. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { screen } = useRoute();
  const collection = useCurrentCollection() ?? 'default';
  const { data: info } = useInfo();
  const inCollection: Entry[] = [
    { text: 'Artifacts', icon: Boxes, path: to.collection(collection), screens: ['home', 'collection', 'artifact'] },
    { text: 'Groups', icon: Group, path: to.groups(collection), screens: ['groups'] },
    { text: 'Snapshots', icon: History, path: to.snapshots(collection), screens: ['snapshots'] },
  ];
  const everywhere: Entry[] = [
    { text: 'Deployments', icon: Rocket, path: to.deployments, screens: ['deployments'] },
    { text: 'Marketplace', icon: Store, path: to.marketplace, screens: ['marketplace'] },
    { text: 'Settings', icon: Settings, path: to.settings, screens: ['settings'] },
  ];
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <div className="flex h-9 items-center px-1.5 pt-1">
        <Link to="/" aria-label="SkillMeat, start page" className="rounded-lg" onClick={onNavigate}>
          <Brand />
        </Link>
      </div>
      <CollectionSwitcher {...(onNavigate ? { onNavigate } : {})} />
      <nav aria-label="Screens" className="scroll min-h-0 flex-1 space-y-5 overflow-y-auto">
        <Entries title="Collection" entries={inCollection} screen={screen} {...(onNavigate ? { onNavigate } : {})} />
        <Entries title="Everywhere" entries={everywhere} screen={screen} {...(onNavigate ? { onNavigate } : {})} />
      </nav>
      <div className="flex items-center justify-between gap-2 px-1">
        <ThemeSwitch />
        {info && (
          <span className="truncate text-xs text-ink-3" title={`Home: ${info.home}`}>
            {info.version}
          </span>
        )}
      </div>
    </div>
  );
}

function Entries({
  title,
  entries,
  screen,
  onNavigate,
}: {
  title: string;
  entries: Entry[];
  screen: Route['screen'];
  onNavigate?: () => void;
}) {
  return (
    <div>
      <p className="mb-1 px-2.5 text-xs font-medium text-ink-3">{title}</p>
      <ul className="space-y-0.5">
        {entries.map(({ text, icon: Icon, path, screens }) => {
          const isHere = screens.includes(screen);
          return (
            <li key={text}>
              <Link
                to={path}
                aria-current={isHere ? 'page' : undefined}
                onClick={onNavigate}
                className={cx(
                  'flex h-9 items-center gap-3 rounded-lg px-2.5 text-base font-medium transition-colors',
                  isHere ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
                )}
              >
                <Icon aria-hidden="true" className="size-4.5 shrink-0" />
                {text}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

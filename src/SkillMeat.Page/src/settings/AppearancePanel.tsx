import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from '../shell/useTheme';
import { Panel } from '../ui/Panel';
import { Segmented } from '../ui/Segmented';

const themes = [
  { value: 'light', text: 'Light', icon: Sun },
  { value: 'system', text: 'System', icon: Monitor },
  { value: 'dark', text: 'Dark', icon: Moon },
] as const;

export function AppearancePanel() {
  const [theme, setTheme] = useTheme();
  return (
    <Panel title="Appearance">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-base text-ink-2">Theme</p>
        <Segmented label="Theme" value={theme} options={themes} onChoose={setTheme} />
      </div>
    </Panel>
  );
}

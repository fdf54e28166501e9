import { Monitor, Moon, Sun } from 'lucide-react';
import { Segmented } from '../ui/Segmented';
import { useTheme } from './useTheme';

const themes = [
  { value: 'light', text: 'Light', icon: Sun, iconOnly: true },
  { value: 'system', text: 'As the system', icon: Monitor, iconOnly: true },
  { value: 'dark', text: 'Dark', icon: Moon, iconOnly: true },
] as const;

export function ThemeSwitch({ className }: { className?: string }) {
  const [theme, setTheme] = useTheme();
  return <Segmented label="Theme" value={theme} options={themes} onChoose={setTheme} {...(className ? { className } : {})} />;
}

import type { UpdateState } from '../api/types';
import { Badge } from '../ui/Badge';
import { Tip } from '../ui/Tip';
import { updateStates } from './updateStates';

interface StateBadgeProps {
  state: UpdateState;
  name: string;
  isLocal?: boolean;
  /** On a phone, only the icon and the colour; the text is still read out. */
  isShort?: boolean;
  onCompare?: () => void;
}

/** The state against upstream. With an update it is a button that compares the versions. */
export function StateBadge({ state, name, isLocal = false, isShort = false, onCompare }: StateBadgeProps) {
  const { text, tone, icon, explanation } = updateStates[state];
  if (state === 'update_available' && onCompare) {
    return (
      <Tip text="Compare the versions">
        <button
          type="button"
          onClick={onCompare}
          aria-label={`Update available for ${name}: compare the versions`}
          className="relative z-1 inline-flex rounded-md hover:brightness-95 dark:hover:brightness-125"
        >
          <Badge tone={tone} icon={icon}>
            Update<span className={isShort ? 'max-md:sr-only' : undefined}> available</span>
          </Badge>
        </button>
      </Tip>
    );
  }
  if (state === 'unknown' && isLocal) return <Badge>Local</Badge>;
  return (
    <Tip text={explanation}>
      <span className="relative z-1 inline-flex">
        <Badge tone={tone} icon={icon}>
          <span className={isShort ? 'max-md:sr-only' : undefined}>{text}</span>
        </Badge>
      </span>
    </Tip>
  );
}

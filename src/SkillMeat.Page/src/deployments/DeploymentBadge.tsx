import type { DeploymentState } from '../api/types';
import { Badge } from '../ui/Badge';
import { Tip } from '../ui/Tip';
import { deploymentStates } from './deploymentStates';

/** The state of a copy. A short one has no room for its text on a phone. */
export function DeploymentBadge({ state, isShort = false }: { state: DeploymentState; isShort?: boolean }) {
  const { text, tone, icon, explanation } = deploymentStates[state];
  return (
    <Tip text={explanation}>
      <span className="inline-flex">
        <Badge tone={tone} icon={icon}>
          <span className={isShort ? 'max-sm:sr-only' : undefined}>{text}</span>
        </Badge>
      </span>
    </Tip>
  );
}

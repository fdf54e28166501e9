import type { DeploymentState } from '../api/types';
import { Badge } from '../ui/Badge';
import { Tip } from '../ui/Tip';
import { deploymentStates } from './deploymentStates';

export function DeploymentBadge({ state }: { state: DeploymentState }) {
  const { text, tone, icon, explanation } = deploymentStates[state];
  return (
    <Tip text={explanation}>
      <span className="inline-flex">
        <Badge tone={tone} icon={icon}>
          {text}
        </Badge>
      </span>
    </Tip>
  );
}

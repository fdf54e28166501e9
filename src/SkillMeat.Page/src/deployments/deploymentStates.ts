import {
  CircleCheck,
  CircleMinus,
  CirclePlus,
  Equal,
  FileQuestion,
  PencilLine,
  ShieldAlert,
  Unlink,
  ArrowDownCircle,
  type LucideIcon,
} from 'lucide-react';
import type { DeploymentState } from '../api/types';
import type { Tone } from '../ui/Badge';

interface StateName {
  text: string;
  tone: Tone;
  icon: LucideIcon;
  explanation: string;
  /** The next step that settles it. */
  advice: string;
}

export const deploymentStates: Record<DeploymentState, StateName> = {
  in_sync: {
    text: 'In sync',
    tone: 'ok',
    icon: CircleCheck,
    explanation: 'Project and collection have the same content.',
    advice: 'Nothing to do.',
  },
  modified: {
    text: 'Edited in project',
    tone: 'violet',
    icon: PencilLine,
    explanation: 'The copy in the project was edited.',
    advice: 'Push the edits into the collection. To drop them, choose Sync, then Pull and Overwrite.',
  },
  outdated: {
    text: 'Outdated',
    tone: 'warn',
    icon: ArrowDownCircle,
    explanation: 'The collection has a newer version.',
    advice: 'Pull the collection’s version into the project.',
  },
  conflict: {
    text: 'Both changed',
    tone: 'bad',
    icon: ShieldAlert,
    explanation: 'Project and collection were both changed.',
    advice: 'Sync merges what fits together, and asks about the rest.',
  },
  converged: {
    text: 'Converged',
    tone: 'info',
    icon: Equal,
    explanation: 'Both sides came to the same content.',
    advice: 'Sync records that they are the same.',
  },
  added: {
    text: 'Only in project',
    tone: 'info',
    icon: CirclePlus,
    explanation: 'It is in the project, but was never deployed.',
    advice: 'Take it into the collection with skm adopt to manage it.',
  },
  removed: {
    text: 'Removed there',
    tone: 'neutral',
    icon: CircleMinus,
    explanation: 'The copy in the project was removed.',
    advice: 'Deploy it again, or undeploy it to forget it.',
  },
  orphaned: {
    text: 'No source',
    tone: 'neutral',
    icon: Unlink,
    explanation: 'The collection does not have the artifact any more.',
    advice: 'Take it back into the collection with skm adopt, or undeploy it.',
  },
  missing: {
    text: 'Project missing',
    tone: 'neutral',
    icon: FileQuestion,
    explanation: 'The folder of the project is not there.',
    advice: 'Bring the folder back, or forget the project.',
  },
};

export const deploymentStateOrder: DeploymentState[] = [
  'conflict',
  'modified',
  'outdated',
  'added',
  'removed',
  'orphaned',
  'missing',
  'converged',
  'in_sync',
];

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
    advice: 'Bring the edits to the collection. To give them up, sync to the project with “Overwrite”.',
  },
  outdated: {
    text: 'Outdated',
    tone: 'warn',
    icon: ArrowDownCircle,
    explanation: 'The collection has a newer version.',
    advice: 'Bring the collection’s version to the project.',
  },
  conflict: {
    text: 'Both changed',
    tone: 'bad',
    icon: ShieldAlert,
    explanation: 'Project and collection were both changed.',
    advice: 'Sync merges what fits together. For the rest, take one side.',
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
    advice: 'To manage it, adopt it.',
  },
  removed: {
    text: 'Removed there',
    tone: 'neutral',
    icon: CircleMinus,
    explanation: 'The copy in the project was removed.',
    advice: '“To the project” deploys it again; undeploy forgets it.',
  },
  orphaned: {
    text: 'No source',
    tone: 'neutral',
    icon: Unlink,
    explanation: 'The collection does not have the artifact any more.',
    advice: 'Adopt it, or remove it from the project.',
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

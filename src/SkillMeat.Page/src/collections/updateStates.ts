import { ArrowUpCircle, CircleCheck, CircleHelp, CornerUpRight, Trash2, type LucideIcon } from 'lucide-react';
import type { UpdateState } from '../api/types';
import type { Tone } from '../ui/Badge';

interface StateName {
  text: string;
  tone: Tone;
  icon: LucideIcon;
  explanation: string;
}

export const updateStates: Record<UpdateState, StateName> = {
  update_available: { text: 'Update available', tone: 'warn', icon: ArrowUpCircle, explanation: 'Upstream has a newer version.' },
  up_to_date: { text: 'Up to date', tone: 'ok', icon: CircleCheck, explanation: 'The same as upstream.' },
  moved: { text: 'Moved', tone: 'info', icon: CornerUpRight, explanation: 'Upstream has it at another place now.' },
  deleted: { text: 'Gone upstream', tone: 'bad', icon: Trash2, explanation: 'Upstream does not have it any more. Your copy stays.' },
  unknown: {
    text: 'Not checked',
    tone: 'neutral',
    icon: CircleHelp,
    explanation: 'It has no upstream, or upstream has not been asked yet.',
  },
};

export const stateOrder: UpdateState[] = ['update_available', 'moved', 'deleted', 'unknown', 'up_to_date'];

import type { Sync } from '../api/types';
import type { Outcome } from '../ui/OutcomeList';

/** The service's word: push goes from the project to the collection, pull from the collection to the project. Users see where content goes. */
export type Direction = 'both' | 'push' | 'pull';

/** The side that is written, where one is. */
interface Written {
  one: string;
  many: string;
  place: string;
  kept: string;
}

interface DirectionText {
  text: string;
  explanation: string;
  title: string;
}

export const directions: Record<'both', DirectionText> & Record<'push' | 'pull', DirectionText & { written: Written }> = {
  both: {
    text: 'Both ways',
    explanation: 'Each copy is synced in the direction that it needs. Edits on both sides are merged.',
    title: 'Syncing',
  },
  push: {
    text: 'To the collection',
    explanation: 'Edits in the projects go to the collection. What both changed is merged, and both get the result.',
    title: 'Bringing edits to the collection',
    written: {
      one: 'artifact',
      many: 'artifacts',
      place: 'the collection',
      kept: 'A snapshot is taken before, from which it can be restored.',
    },
  },
  pull: {
    text: 'To the project',
    explanation: 'The collection’s version goes to the projects. What both changed is merged, and both get the result.',
    title: 'Bringing the collection’s version to the projects',
    written: {
      one: 'copy',
      many: 'copies',
      place: 'the projects',
      kept: 'Edits that are replaced are kept. “skm project restore” lists them, and writes them back.',
    },
  },
};

/** The outcomes of a sync, in words that say where content goes. */
export const outcomes: Record<Sync['status'], Outcome> = {
  pushed: { text: 'To the collection', tone: 'violet' },
  pulled: { text: 'To the project', tone: 'info' },
  merged: { text: 'Merge', tone: 'ok' },
  forked: { text: 'New artifact', tone: 'violet' },
  unchanged: { text: 'Unchanged', tone: 'neutral' },
  skipped: { text: 'Skipped', tone: 'neutral' },
  conflict: { text: 'Conflict', tone: 'bad' },
  error: { text: 'Error', tone: 'bad' },
};

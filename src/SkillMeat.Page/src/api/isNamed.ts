import type { Named } from './types';

/** Whether an entry of the manifest can be addressed; one without a name is left out. */
export const isNamed = <T extends { name: string | null }>(entry: T): entry is Named<T> => entry.name !== null && entry.name !== '';

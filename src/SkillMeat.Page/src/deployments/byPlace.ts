import type { Deployment } from '../api/types';
import { projectOf } from './ownFolders';

/** What names a copy. */
export type Copy = Pick<Deployment, 'artifact_id' | 'project' | 'profile' | 'collection' | 'is_user_scope'>;

export interface Place {
  projects: [string];
  profile: string;
  collection?: string;
  artifacts: string[];
}

/** The copies by project, profile and collection: one request can name those of one place, and no others. */
export function byPlace(copies: readonly Copy[]): Place[] {
  const places = new Map<string, Place>();
  for (const { profile, collection, artifact_id: id, ...copy } of copies) {
    const project = projectOf(copy);
    const key = JSON.stringify([project, profile, collection]);
    const place = places.get(key);
    if (!place) places.set(key, { projects: [project], profile, ...(collection === null ? {} : { collection }), artifacts: [id] });
    else if (!place.artifacts.includes(id)) place.artifacts.push(id);
  }
  return [...places.values()];
}

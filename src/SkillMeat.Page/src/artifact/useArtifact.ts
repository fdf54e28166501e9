import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { requestWithVersion } from '../api/request';
import type { Artifact } from '../api/types';

/** An artifact, with the version of its answer for a safe edit. */
export const useArtifact = (collection: string, id: string) => useQuery({
  queryKey: keys.artifact(collection, id),
  queryFn: ({ signal }) => requestWithVersion<Artifact>(artifactPath(collection, id), { signal }),
});

import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { requestWithVersion } from '../api/request';
import { watched } from '../api/watched';
import type { Artifact, ArtifactDetail } from '../api/types';

/** An artifact, with the version of its answer for a safe edit. */
export const useArtifact = (collection: string, id: string) =>
  useQuery({
    queryKey: keys.artifact(collection, id),
    queryFn: async ({ signal }) => {
      const { body, version } = await requestWithVersion<ArtifactDetail>(artifactPath(collection, id), { signal });
      return { body: { ...body.artifact, groups: body.groups, update: body.update } satisfies Artifact, version };
    },
    ...watched,
  });

import type { Deployment } from '../api/types';
import { shortProject } from './shortProject';

/** The service's word for the user's own folders, such as ~/.claude, in the place of a project. */
export const ownFolders = '~';

export const ownFoldersName = 'My own folders';

type Place = Pick<Deployment, 'project' | 'is_user_scope'>;

/** What a request names the project of a copy. The service gives own folders the home folder, which can be a project as well. */
export const projectOf = (copy: Place): string => (copy.is_user_scope ? ownFolders : copy.project);

/** What people call the project of a copy. */
export const placeName = (copy: Place): string => (copy.is_user_scope ? ownFoldersName : shortProject(copy.project));

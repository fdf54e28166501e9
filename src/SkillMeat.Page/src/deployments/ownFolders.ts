/** The service's word for the user's own folders, such as ~/.claude, in the place of a project. */
export const ownFolders = '~';

export const ownFoldersName = 'My own folders';

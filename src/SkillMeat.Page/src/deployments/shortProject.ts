/** The last part of a project's folder, which is what people call it. */
export const shortProject = (folder: string): string => folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder;

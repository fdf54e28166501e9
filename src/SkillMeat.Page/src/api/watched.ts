/** For what files say that the service does not watch, those of projects and of artifacts in a collection: read again each second while it is on the screen, and at once when one comes back to it. */
export const watched = { refetchInterval: 1000, refetchOnWindowFocus: 'always' } as const;

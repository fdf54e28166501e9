/** For data about files of projects, which the service does not watch: read again each second while it is on the screen, and at once when one comes back to it. */
export const watched = { refetchInterval: 1000, refetchOnWindowFocus: 'always' } as const;

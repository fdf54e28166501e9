/** For what files say that the service does not watch, those of projects and of artifacts in a collection: read again each second while it is on the screen, and at once when one comes back to it. */
export const watched = { refetchInterval: 1000, refetchOnWindowFocus: 'always' } as const;

/** `watched` for a list that is loaded page by page. All loaded pages are read again each time, so the more there are, the longer it waits: on average, one page a second. */
export const watchedPages = {
  ...watched,
  refetchInterval: ({ state }: { state: { data?: { pages: readonly unknown[] } | undefined } }): number =>
    watched.refetchInterval * Math.max(1, state.data?.pages.length ?? 0),
};

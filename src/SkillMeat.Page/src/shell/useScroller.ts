import { createContext, use, type RefObject } from 'react';

/** The element that scrolls the screen, for lists that draw only their visible rows. */
export const ScrollContext = createContext<RefObject<HTMLElement | null>>({ current: null });

export const useScroller = (): RefObject<HTMLElement | null> => use(ScrollContext);

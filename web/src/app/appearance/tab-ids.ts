/** The group of the tabs that a phone has for the parts of the page. */
export const PARTS = 'part';

/** The id of the element that a tab shows, so that both name each other. */
export const panelId = (group: string, key: string): string => `${group}-${key}`;
/** The id of the tab itself. */
export const tabId = (group: string, key: string): string => `${group}-${key}-tab`;

/** The messages in a list, which have a `data-key` each. */
export const itemsOf = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('[data-key]'),
];

/**
 * The message before or after the one that has the focus, or from the list itself the newest. None at the ends, nor while
 * the focused one has more to read in that direction than the list shows.
 */
export function neighbour(list: HTMLElement, by: -1 | 1): HTMLElement | undefined {
  const items = itemsOf(list);
  const at = items.findIndex((item) => item.contains(list.ownerDocument.activeElement));
  const item = items[at];
  if (!item) return items.at(-1);
  return isBeyond(item, list, by) ? undefined : items[at + by];
}

/** Puts the focus on a message, where it can be seen. */
export function bringIntoView(item: HTMLElement, block: 'center' | 'nearest'): void {
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block });
}

function isBeyond(item: HTMLElement, list: HTMLElement, by: -1 | 1): boolean {
  const [inner, outer] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  return by < 0 ? inner.top < outer.top - 1 : inner.bottom > outer.bottom + 1;
}

import { fromEvent, map, merge, NEVER, type Observable } from 'rxjs';

/** What happens to a page that its connection must know of. */
export type PageEvent =
  | 'shown'
  /** It may end without another word. */
  | 'hidden'
  | 'leaving'
  /** The browser believes that there is a network again, or none; it may be wrong. */
  | 'online'
  | 'offline'
  /** It was frozen, or kept for the way back, and has missed what happened. */
  | 'thawed';

/** Everything that happens to the page from now on. */
export function pageLife(page: Document): Observable<PageEvent> {
  const view = page.defaultView;
  const on = (target: EventTarget | null, type: string, event: PageEvent): Observable<PageEvent> =>
    target ? fromEvent(target, type).pipe(map(() => event)) : NEVER;
  return merge(
    fromEvent(page, 'visibilitychange').pipe(map((): PageEvent => (page.hidden ? 'hidden' : 'shown'))),
    on(view, 'pagehide', 'leaving'),
    on(view, 'online', 'online'),
    on(view, 'offline', 'offline'),
    on(page, 'resume', 'thawed'),
    on(view, 'pageshow', 'thawed'),
  );
}

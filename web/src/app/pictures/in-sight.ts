import { computed, DestroyRef, DOCUMENT, ElementRef, inject, type Signal, signal } from '@angular/core';

/** Whether the component is on the screen, of a page that is in front. */
export function inSight(): Signal<boolean> {
  const document = inject(DOCUMENT);
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const onScreen = signal(false);
  const visible = signal(!document.hidden);
  const observer = new IntersectionObserver((entries) =>
    onScreen.set(entries.at(-1)?.isIntersecting ?? false),
  );
  observer.observe(host);
  const turned = () => visible.set(!document.hidden);
  document.addEventListener('visibilitychange', turned);
  inject(DestroyRef).onDestroy(() => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', turned);
  });
  return computed(() => onScreen() && visible());
}

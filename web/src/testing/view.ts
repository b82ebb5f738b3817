import type { Type } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';

interface Find {
  <K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K];
  (selector: string): HTMLElement;
}

/** A component on the page, and what a person does with it. Every deed ends when the page has settled. */
export interface View<T> {
  readonly fixture: ComponentFixture<T>;
  readonly host: HTMLElement;
  /** The one element that `selector` finds; fails when there is none. */
  find: Find;
  /** The texts of all elements that `selector` finds, with white space as one sees it. */
  texts(selector: string): readonly string[];
  /** Everything one can read. */
  text(): string;
  click(selector: string): Promise<void>;
  /** Clicks the button whose text contains `text`. */
  press(text: string): Promise<void>;
  set(inputs: Readonly<Record<string, unknown>>): Promise<void>;
  settled(): Promise<void>;
}

const seen = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();

/** Puts a component on the page with its inputs set. */
export async function show<T>(
  component: Type<T>,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<View<T>> {
  const fixture = TestBed.createComponent(component);
  const host = fixture.nativeElement as HTMLElement;
  document.body.append(host);
  const settled = async () => {
    await fixture.whenStable();
  };
  const find: Find = (selector: string) => {
    const element = host.querySelector<HTMLElement>(selector);
    if (!element) throw new Error(`There is no ${selector} in: ${seen(host)}`);
    return element;
  };
  const view: View<T> = {
    fixture,
    host,
    find,
    texts: (selector) => [...host.querySelectorAll(selector)].map(seen),
    text: () => seen(host),
    click: async (selector) => {
      find(selector).click();
      await settled();
    },
    press: async (text) => {
      const button = [...host.querySelectorAll('button')].find((one) => seen(one).includes(text));
      if (!button) throw new Error(`There is no button "${text}" in: ${seen(host)}`);
      button.click();
      await settled();
    },
    set: async (values) => {
      for (const [name, value] of Object.entries(values)) fixture.componentRef.setInput(name, value);
      await settled();
    },
    settled,
  };
  await view.set(inputs);
  return view;
}

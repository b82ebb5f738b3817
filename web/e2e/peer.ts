import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { connectTo, watchRequests } from './deployed.ts';

/** How a page is opened. */
export interface Opening {
  /** The address of the page, without a query. */
  readonly page: string;
  readonly room: string;
  readonly name?: string;
  /** Where this page's config.json says that the API is, instead of what the runner serves. */
  readonly webSocket?: string;
  /** The address of the config.json that this page is given, instead of the one of the shared stack. */
  readonly configUrl?: string;
  /** For how long this page believes that a lost session is kept, in milliseconds. */
  readonly resumeWindowMs?: number;
  /** What `Math.random` is for this page, from 0 up to 1: with 0.999 it pauses longest before it reconnects. */
  readonly chance?: number;
  /** What to do to the page before it is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** Somebody at the page: what they see and what they do. */
export class Peer {
  readonly page: Page;
  /** Every frame that the page put on its WebSocket. */
  readonly frames: string[] = [];
  /** What the page complained of: errors on the console, violations of its policy among them, uncaught ones, dialogs, requests elsewhere. */
  readonly troubles: string[] = [];

  readonly status: Locator;
  readonly list: Locator;
  readonly messages: Locator;
  /** The newest message of the open conversation, with what became of it. */
  readonly lastLine: Locator;
  readonly field: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole('status', { name: 'Connection', exact: true });
    this.list = page.getByRole('list', { name: 'Peers' });
    const conversation = page.getByRole('region', { name: /^Messages with/ });
    this.messages = conversation.locator('.text');
    this.lastLine = conversation.getByRole('listitem').last();
    this.field = page.getByRole('textbox', { name: /^Message to/ });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.troubles.push(message.text());
    });
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('dialog', (dialog) => {
      this.troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => this.frames.push(payload.toString()));
    });
  }

  /** Opens the page, whatever comes of it. */
  static async open(context: BrowserContext, opening: Opening): Promise<Peer> {
    const { room, name, webSocket, configUrl, resumeWindowMs, chance, before } = opening;
    const page = await context.newPage();
    const peer = new Peer(page);
    if (chance !== undefined) await page.addInitScript((value) => (Math.random = () => value), chance);
    watchRequests(page, new URL(opening.page).origin, (trouble) => peer.troubles.push(trouble));
    if (webSocket !== undefined) {
      await connectTo(page, opening.page, webSocket);
      await page.route('**/config.json', (route) => route.fulfill({ json: { webSocketUrl: webSocket } }));
    }
    if (configUrl !== undefined) {
      const told: unknown = await (await fetch(configUrl)).json();
      const { webSocketUrl } = told as { readonly webSocketUrl: string };
      await connectTo(page, opening.page, webSocketUrl);
      const json = {
        ...(typeof told === 'object' ? told : {}),
        ...(resumeWindowMs !== undefined && { resumeWindowMs }),
      };
      await page.route('**/config.json', (route) => route.fulfill({ json }));
    }
    await before?.(page);
    const url = new URL(opening.page);
    url.searchParams.set('room', room);
    if (name !== undefined) url.searchParams.set('name', name);
    await page.goto(url.href);
    return peer;
  }

  async connected(): Promise<this> {
    await expect(this.status).toHaveText('Connected');
    return this;
  }

  /** The own connectionId, as the page shows it. */
  async ownId(): Promise<string> {
    return this.page.getByRole('status', { name: 'Your connectionId' }).innerText();
  }

  /** What the status says from now on, beginning with now: each change, however short it was. */
  async watchStatus(): Promise<() => Promise<readonly string[]>> {
    const said = await this.status.evaluateHandle((element) => {
      const texts = [element.textContent];
      const watch = new MutationObserver(() => texts.push(element.textContent));
      watch.observe(element, { characterData: true, childList: true, subtree: true });
      return texts;
    });
    return () => said.jsonValue();
  }

  /** What the others said in the open conversation, as it is shown. */
  async heard(): Promise<readonly string[]> {
    return this.page.locator('app-message-list app-message:not(.mine) .text').allTextContents();
  }

  /** The entry of the list that shows this name or connectionId. */
  listed(who: string): Locator {
    return this.list.getByRole('button').filter({ hasText: who });
  }

  /** The connectionId at which the open conversation says that its partner is. */
  get partnerId(): Locator {
    return this.page.locator('app-conversation-pane header .id');
  }

  /** Opens the conversation with whom the list shows under this name or connectionId. */
  async select(who: string): Promise<void> {
    await this.listed(who).click();
    await expect(this.field).toBeVisible();
  }

  /** Writes into the open conversation and sends. */
  async send(text: string): Promise<void> {
    await this.field.fill(text);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(this.field).toHaveValue('');
  }

  /** The frames that carried a message. */
  messageFrames(): string[] {
    return this.frames.filter((frame) => frame.includes('"type":"message"'));
  }
}

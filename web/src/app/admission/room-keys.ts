import type { RoomKey } from './room-key.ts';

const STORE = 'keys';

/** The keys of the rooms that were made in this browser. A private key can be kept there without anybody ever reading it. */
export class RoomKeys {
  readonly #factory: IDBFactory;
  readonly #name: string;

  constructor(factory: IDBFactory, name = 'hello-websocket') {
    this.#factory = factory;
    this.#name = name;
  }

  /** The key of a room; undefined where it was not made here. Rejects where the browser keeps nothing. */
  async find(room: string): Promise<RoomKey | undefined> {
    const value: unknown = await this.#use('readonly', (store) => store.get(room));
    return isRoomKey(value) ? value : undefined;
  }

  /** Keeps a key. Rejects where the browser keeps nothing. */
  async keep(key: RoomKey): Promise<void> {
    await this.#use('readwrite', (store) => store.put(key));
  }

  async #use<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await this.#open();
    try {
      return await answer(ask(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  }

  #open(): Promise<IDBDatabase> {
    const request = this.#factory.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'room' });
    return answer(request);
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing for this page.'));
  });

const isRoomKey = (value: unknown): value is RoomKey =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'privateKey') instanceof CryptoKey;

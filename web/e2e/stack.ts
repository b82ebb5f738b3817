/** Where the stack is that all tests share. */
export interface Stack {
  /** The page. */
  readonly page: string;
  /** What clients connect to. */
  readonly webSocket: string;
  /** What callers of the `@connections` API take as endpoint. */
  readonly management: string;
}

const PAGE = 'E2E_PAGE';
const WEB_SOCKET = 'E2E_WEB_SOCKET';

/** Hands the printed addresses to the processes that run tests: they inherit the environment. */
export function publish(printed: ReadonlyMap<string, string>): void {
  const [page, webSocket] = [printed.get('page'), printed.get('WebSocket')];
  if (page === undefined || webSocket === undefined) throw new Error('npm start printed no addresses');
  process.env[PAGE] = page;
  process.env[WEB_SOCKET] = webSocket;
}

/** The stack that was published; its addresses are empty in a process that began earlier. */
export function published(): Stack {
  const { [PAGE]: page = '', [WEB_SOCKET]: webSocket = '' } = process.env;
  return { page, webSocket, management: webSocket.replace(/^ws/, 'http') };
}

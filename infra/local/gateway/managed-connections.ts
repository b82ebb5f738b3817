import type { Connection } from './connection.ts';
import { newRequestIdHeader } from './request-id-header.ts';
import type { RequestTrace } from './local/tracing.ts';
import {
  manage,
  type Managed,
  type ManagementRequest,
  type ManagementResponse,
  parseManagementPath,
} from './management.ts';
import type { Standing } from './standing.ts';

/** Requests that the account is kept for while posts are promised: more than can be under way at once. */
const RESERVE = 1000;

/** The `@connections` API of one API: what is asked of it, and what its short cut needs to know. */
export class ManagedConnections {
  readonly #managed: Managed;
  readonly #standing: Standing;

  constructor(managed: Managed, standing: Standing) {
    this.#managed = managed;
    this.#standing = standing;
  }

  /** Answers a call by the function of the request with this trace; undefined: never. */
  answer(request: ManagementRequest, trace?: RequestTrace): ManagementResponse | undefined {
    const response = manage(request, this.#managed, trace);
    return response && { ...response, headers: { ...response.headers, ...newRequestIdHeader() } };
  }

  /** Whether posts to the connection that `path` names are sure to be taken for now. */
  takesPosts(path: string): boolean {
    const { account, faults } = this.#managed;
    return (this.#named(path)?.reads ?? false) && faults.none && account.tokens > RESERVE;
  }

  /** Brings a post that was promised to be taken. It is lost when the client has gone since: so it is on AWS. */
  post(path: string, body: string, trace?: RequestTrace): void {
    const { account, delivery } = this.#managed;
    const connection = this.#named(path);
    account.take();
    if (connection !== undefined) delivery.post(connection, body, true, trace);
    if (!this.takesPosts(path)) this.#standing.end();
  }

  #named(path: string): Connection | undefined {
    return this.#managed.connections.get(parseManagementPath(path)?.connectionId ?? '');
  }
}

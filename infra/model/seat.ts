import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableInput, TableOutput } from './table.ts';

/** What answers the SDK calls of one function instance. */
export interface Host {
  table(command: string, input: TableInput): Promise<TableOutput>;
  post(connectionId: string, text: string): Promise<void>;
}

/** The real SDK's two clients, whose calls are answered before they become HTTP. Their host can be exchanged: they are costly to make. */
export class Seat {
  host: Host | undefined;
  readonly database = new DynamoDBClient({ region: 'us-east-1', cacheMiddleware: true });
  readonly gateway = new ApiGatewayManagementApiClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    cacheMiddleware: true,
  });

  constructor() {
    this.database.middlewareStack.add(
      (_, { commandName }) =>
        async ({ input }) => {
          // All the registry's commands carry some of these, and no others.
          const output = await this.#hosted().table(String(commandName), input as TableInput);
          return { response: {}, output: { ...output, $metadata: {} } };
        },
      { step: 'initialize', priority: 'high' },
    );
    this.gateway.middlewareStack.add(
      () =>
        async ({ input }) => {
          if (!('Data' in input && input.Data instanceof Uint8Array))
            throw new Error('only posts are modelled');
          await this.#hosted().post(input.ConnectionId ?? '', Buffer.from(input.Data).toString('utf8'));
          return { response: {}, output: { $metadata: {} } };
        },
      { step: 'initialize', priority: 'high' },
    );
  }

  #hosted(): Host {
    if (this.host === undefined) throw new Error('nobody answers the calls of this instance');
    return this.host;
  }
}

import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

/** The registry's one table; functions/connections.ts says what its items are. */
export class ConnectionTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      // With a key of AWS's own, which costs nothing: what is secret in it, the keys of sessions, is hashed.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      timeToLiveAttribute: 'expiresAt',
      // It holds live connections only, and those end with the API that is destroyed beside it. For the same reason there is no backup.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

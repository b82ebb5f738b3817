import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnIntegration,
  type CfnIntegrationProps,
  CfnIntegrationResponse,
  CfnModel,
  CfnRoute,
  type CfnRouteProps,
  CfnRouteResponse,
  WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

interface MappedRoute extends Partial<CfnIntegrationProps> {
  readonly integrationType: 'AWS' | 'HTTP' | 'HTTP_PROXY' | 'MOCK';
  /** The template of each response, by its key; a proxy has none. */
  readonly responses: Readonly<Record<string, string>>;
  /** How the bytes of every response become text. */
  readonly responseHandling?: 'CONVERT_TO_TEXT';
  readonly route?: Partial<CfnRouteProps>;
}

/** What a MOCK has to say to be answered. */
const OK = '{ "statusCode": 200 }';
const ALWAYS = '\\$default';

/** What the API calls. */
interface Backends {
  /** A function that knows nothing of API Gateway. */
  readonly mapped: IFunction;
  /** The URL of an HTTP backend with pets, as AWS's own tutorials have it: `{backend}/pets/3` is a fish. */
  readonly backend: string;
}

/** An API whose routes map what comes and goes: to nothing, to a table, to a function, and to an HTTP backend. */
export class MappingApi extends Construct {
  readonly stage: WebSocketStage;
  readonly #api: WebSocketApi;

  constructor(scope: Construct, id: string, { mapped, backend }: Backends) {
    super(scope, id);
    this.#api = new WebSocketApi(this, 'Api', { apiName: 'conformance-mapping' });
    this.#mocks();
    this.#table();
    this.#function(mapped);
    this.#http(backend);
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: 'test',
      autoDeploy: true,
    });
  }

  #mocks(): void {
    const mock = (key: string, request: string, response: string, more: Partial<MappedRoute> = {}): void =>
      this.#route(key, {
        integrationType: 'MOCK',
        templateSelectionExpression: ALWAYS,
        requestTemplates: { $default: request },
        responses: { $default: response },
        ...more,
      });
    mock(
      '$connect',
      `{ "statusCode": #if($context.identity.userAgent == 'unwelcome')403#{else}200#end }`,
      '',
    );
    mock('mock', OK, 'mocked $context.routeKey');
    mock('lenient', '{ statusCode: 200 }', 'answered');
    mock('withoutStatus', '{ "status": 200 }', 'answered');
    mock('chosen', OK, 'chose nothing', {
      templateSelectionExpression: '${request.body.kind}',
      requestTemplates: { tea: '{ "statusCode": 418 }', $default: OK },
      responses: { '/418/': 'chose tea', $default: 'chose nothing' },
    });
    mock('noTemplate', OK, 'answered', {
      templateSelectionExpression: '${request.body.kind}',
      requestTemplates: { tea: OK },
      passthroughBehavior: 'NEVER',
    });
    const model = new CfnModel(this, 'Named', {
      apiId: this.#api.apiId,
      name: 'Named',
      contentType: 'application/json',
      schema: {
        $schema: 'http://json-schema.org/draft-04/schema#',
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' } },
      },
    });
    mock('named', OK, 'answered', {
      route: { modelSelectionExpression: '$default', requestModels: { $default: model.name } },
    });
  }

  #table(): void {
    const { partition, region } = Stack.of(this);
    const table = new Table(this, 'Rows', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    table.grantReadWriteData(role);
    const action = (key: string, name: string, request: string, responses: MappedRoute['responses']): void =>
      this.#route(key, {
        integrationType: 'AWS',
        integrationMethod: 'POST',
        integrationUri: `arn:${partition}:apigateway:${region}:dynamodb:action/${name}`,
        credentialsArn: role.roleArn,
        templateSelectionExpression: ALWAYS,
        requestTemplates: { $default: request },
        responses,
      });
    const id = '{ "S": "$context.connectionId" }';
    action(
      'put',
      'PutItem',
      `#set($expiresAt = $context.requestTimeEpoch / 1000 + 3600)
      { "TableName": "${table.tableName}", "Item": {
        "id": ${id}, "said": { "S": $input.json('$.said') }, "expiresAt": { "N": "$expiresAt" } } }`,
      { $default: 'put', '/4\\d\\d/': 'refused' },
    );
    action('get', 'GetItem', `{ "TableName": "${table.tableName}", "Key": { "id": ${id} } }`, {
      $default: `$input.path('$.Item.said.S') until $input.path('$.Item.expiresAt.N')`,
    });
  }

  #function(mapped: IFunction): void {
    const { partition, region } = Stack.of(this);
    mapped.addPermission('Mapped', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.#api.apiId,
        resourceName: '*',
      }),
    });
    const toFunction = {
      integrationType: 'AWS',
      integrationMethod: 'POST',
      integrationUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${mapped.functionArn}/invocations`,
    } as const;
    this.#route('start', {
      ...toFunction,
      requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
      responses: { $default: 'started', '/No such.*/': 'failed' },
    });
    this.#route('$default', {
      ...toFunction,
      contentHandlingStrategy: 'CONVERT_TO_BINARY',
      responses: { $default: `$input.json('$.got')` },
    });
    this.#route('invoke', {
      ...toFunction,
      templateSelectionExpression: ALWAYS,
      requestTemplates: {
        $default: `#set($list = $input.path('$.list'))
        { "fail": "$input.path('$.fail')", "mapped": $input.json('$.data'), "size": $list.size(),
          "encoded": "$util.urlEncode($input.path('$.word'))", "missing": "$input.path('$.missing')" }`,
      },
      responses: {
        $default: `$input.json('$.got')`,
        '/No such.*/': `failed: $input.path('$.errorMessage')`,
      },
    });
  }

  #http(backend: string): void {
    const pet = (key: string, type: 'HTTP' | 'HTTP_PROXY', more: Partial<MappedRoute> = {}): void =>
      this.#route(key, {
        integrationType: type,
        integrationMethod: 'GET',
        integrationUri: `${backend}/pets/{id}`,
        requestParameters: { 'integration.request.path.id': 'route.request.body.id' },
        responses: {},
        ...more,
      });
    pet('pet', 'HTTP_PROXY');
    pet('petType', 'HTTP', { responses: { $default: `$input.path('$.type')` } });
    pet('petBytes', 'HTTP', { responses: { $default: '' }, responseHandling: 'CONVERT_TO_TEXT' });
  }

  /** A two-way route, where it is not `$connect`. */
  #route(routeKey: string, { responses, responseHandling, route = {}, ...integration }: MappedRoute): void {
    const { apiId } = this.#api;
    const id = routeKey.replace('$', '');
    const made = new CfnIntegration(this, `${id}Integration`, { apiId, ...integration });
    for (const [index, [integrationResponseKey, template]] of Object.entries(responses).entries()) {
      new CfnIntegrationResponse(this, `${id}Response${index}`, {
        apiId,
        integrationId: made.ref,
        integrationResponseKey,
        ...(responseHandling && { contentHandlingStrategy: responseHandling }),
        ...(template !== '' && {
          templateSelectionExpression: ALWAYS,
          responseTemplates: { $default: template },
        }),
      });
    }
    const answers = routeKey !== '$connect';
    const { ref } = new CfnRoute(this, `${id}Route`, {
      apiId,
      routeKey,
      target: `integrations/${made.ref}`,
      ...(answers && { routeResponseSelectionExpression: '$default' }),
      ...route,
    });
    if (answers) {
      new CfnRouteResponse(this, `${id}RouteResponse`, { apiId, routeId: ref, routeResponseKey: '$default' });
    }
  }
}

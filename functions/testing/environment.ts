/** What the stack and Lambda set. Imported before a route file, which reads it while it loads. */
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_LAMBDA_FUNCTION_NAME: 'hello-websocket-test',
  AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: 'http://127.0.0.1:1/dev',
  TABLE_NAME: 'connections',
  ROOM_LIMIT: '200',
  BUILD: '0.0.0-test',
  STACK_NAME: 'hello-websocket-test',
  ORIGINS: 'https://page.example',
  TERMINALS: 'true',
  FRAME_RATE: '100',
  FRAME_BURST: '200',
});

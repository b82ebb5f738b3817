/** Resources of a SAM template, in YAML: an API that answers each message with what the function `F` returns. */
export const ANSWERING_API = `
  Ws:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
      Routes: { $default: { FunctionArn: !GetAtt F.Arn, RouteResponseSelectionExpression: $default } }
  Answer: { Type: AWS::ApiGatewayV2::RouteResponse, Properties: { ApiId: !Ref Ws, RouteId: !Ref WsDefaultRoute, RouteResponseKey: $default } }
`;

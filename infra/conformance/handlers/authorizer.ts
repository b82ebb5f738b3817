// Answers as the token asks for, and hands on the event that it got.
interface AuthorizerEvent {
  readonly methodArn: string;
  readonly queryStringParameters: Readonly<Record<string, string>>;
}

let asked = 0;

export const handler = async (event: AuthorizerEvent): Promise<unknown> => {
  asked++;
  const { token } = event.queryStringParameters;
  if (token === 'unauthorized') throw new Error('Unauthorized');
  if (token === 'broken') throw new Error('something else');
  if (token === 'nonsense') return Promise.resolve({ statusCode: 200 });
  return Promise.resolve({
    principalId: 'somebody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: token === 'deny' ? 'Deny' : 'Allow',
          Resource: event.methodArn,
        },
      ],
    },
    context: { asked, yes: true, event: JSON.stringify(event) },
  });
};

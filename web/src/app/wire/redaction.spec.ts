import { SUBPROTOCOL } from '#protocol';
import { redact, redactProtocol, REDACTED } from './redaction.ts';

const SECRET = 'k4T-s3cr3t_V';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('redact', () => {
  const secrets: Readonly<Record<string, string>> = {
    'a resume key in a welcome': JSON.stringify({ type: 'welcome', resumeKey: SECRET, peers: [] }),
    'the key of a hello': JSON.stringify({ type: 'hello', resume: { session: 's', key: SECRET } }),
    'spaces around the colon': `{ "apiKey" : "${SECRET}" }`,
    'other cases and joints': `{"API_KEY":"${SECRET}","access-token":"${SECRET}","refreshtoken":"${SECRET}"}`,
    'the words for it': `{"password":"${SECRET}","clientSecret":"${SECRET}","Authorization":"Basic ${SECRET}"}`,
    'a name spelt with escapes': `{"resume\\u004bey":"${SECRET}"}`,
    'quotes in the secret': JSON.stringify({ key: `"\\" ${SECRET}` }),
    'a list': JSON.stringify({ tokens: [SECRET, SECRET] }),
    'an object': JSON.stringify({ privateKey: { d: SECRET } }),
    'JSON in a message': JSON.stringify({ data: JSON.stringify({ token: SECRET }) }),
    'JSON in JSON in JSON': JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ key: SECRET }) }) }),
    'JSON that breaks off': `{"resumeKey":"${SECRET}`,
    'JSON in a message that breaks off': `{"data":"{\\"resumeKey\\":\\"${SECRET}\\"}`,
    'JSON written by hand': `{resumeKey: '${SECRET}', token: ${SECRET}}`,
    'a parameter of a URL': `wss://example.com/dev?room=a&access_token=${SECRET}&name=b`,
    'the fragment of a link in a message': JSON.stringify({
      data: `see https://x.test/#invitation=${SECRET}`,
    }),
    'a bearer token': `{"data":"Authorization: Bearer ${SECRET}"}`,
    'a JSON Web Token anywhere': `look at ${TOKEN} please`,
  };

  for (const [what, text] of Object.entries(secrets)) {
    it(`takes out ${what}`, () => {
      const { text: clean, redacted } = redact(text);
      expect(redacted).toBeTrue();
      expect(clean).toContain(REDACTED);
      expect(clean).not.toContain(SECRET);
      expect(clean).not.toContain(TOKEN);
    });
  }

  const harmless: Readonly<Record<string, string>> = {
    'a frame': '{"type":"message", "data":"Hello", "seq":0}',
    'a number spelt as no JSON.stringify does': '{"keyboard":1.50,"n":1e3}',
    'talk of keys': JSON.stringify({ data: 'the key: under the mat; a token = a coin' }),
    'names without a value': '{ "token": null, "key": "", "hasKey": true }',
    'text that is no JSON': 'Hello "key": no',
  };

  for (const [what, text] of Object.entries(harmless)) {
    it(`leaves ${what} as it is`, () => {
      expect(redact(text)).toEqual({ text, redacted: false });
    });
  }

  it('keeps everything else of a frame', () => {
    const frame = {
      type: 'welcome',
      room: 'lobby',
      session: 's',
      resumeKey: SECRET,
      peers: [{ name: 'Ann' }],
    };
    expect(JSON.parse(redact(JSON.stringify(frame)).text)).toEqual({ ...frame, resumeKey: REDACTED });
  });
});

describe('redactProtocol', () => {
  it('shows ours, and of any other what it is called', () => {
    expect(redactProtocol(SUBPROTOCOL)).toBe(SUBPROTOCOL);
    expect(redactProtocol(`bearer.${SECRET}`)).toBe(`bearer.${REDACTED}`);
    expect(redactProtocol(`bearer.${SECRET}.${SECRET}`)).toBe(`bearer.${REDACTED}`);
    expect(redactProtocol(SECRET)).toBe(REDACTED);
  });
});

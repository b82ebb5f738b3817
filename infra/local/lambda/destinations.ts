/** Where calls to AWS go instead: hosts (with the port where a URL has one) and the port on 127.0.0.1 that stands for each. */
export type Destinations = Readonly<Record<string, number>>;

/** How AWS's own host names end: https://docs.aws.amazon.com/general/latest/gr/rande.html */
const AWS_DOMAINS = ['.amazonaws.com', '.amazonaws.com.cn', '.api.aws'];

const REGION_LABEL = /\.[a-z]{2}(?:-[a-z]+)+-\d(?=\.)/;

/** Where processes on EC2, ECS and EKS find credentials, IPv6 with and without the brackets of a URL. */
const CREDENTIALS = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  ...['fd00:ec2::254', 'fd00:ec2::23'].flatMap((address) => [address, `[${address}]`]),
]);

/** AWS's SDKs go by it (docs: AWS SDKs and Tools Reference Guide, service-specific endpoints). */
const HINT = '--env AWS_ENDPOINT_URL_…=http://localhost:… leads the SDK v3 to what does';

/** Where the SDK turns when a table is named by its ARN: `123456789012.ddb.us-east-1.amazonaws.com` (PARITY T10). */
const BY_ARN = 'ddb';

/** The public keys of a user pool, by which tokens are checked; whoever is online may read them (PARITY L33). */
const USER_POOLS = 'cognito-idp';
const PUBLIC_KEYS = /^\/[\w-]+\/\.well-known\/(?:jwks\.json|openid-configuration)$/;

/**
 * The local port that stands for `host`, whatever Region is in it; undefined for a host that is not AWS's; an error for
 * one of AWS's that has no stand-in, unless `path` is what anybody may read there. A socket has no path.
 */
export function portFor(host: string, destinations: Destinations, path?: string): number | undefined {
  const port = destinations[host];
  if (port !== undefined) return port;
  const name = CREDENTIALS.has(host) ? host : host.replace(/:\d+$/, '');
  const service = serviceOf(name);
  if (service === undefined) return undefined;
  if (service === USER_POOLS && (path === undefined || PUBLIC_KEYS.test(path))) return undefined;
  if (service === BY_ARN) {
    throw new Error(
      `a table was named by its ARN (${host}): the local tables are known by their names alone`,
    );
  }
  const anywhere = withoutRegion(name);
  const elsewhere = Object.keys(destinations).find((known) => withoutRegion(known) === anywhere);
  if (elsewhere !== undefined) return destinations[elsewhere];
  const hint = CREDENTIALS.has(host) ? '' : `: ${HINT}`;
  throw new Error(
    `${service} was called (${host}), but the local runner has nothing that stands in for it${hint}`,
  );
}

/** What of AWS answers at this host, as AWS writes it in its host names: `s3`, `sqs`; undefined for a host that is not AWS's. */
function serviceOf(host: string): string | undefined {
  if (CREDENTIALS.has(host)) return 'credentials of an instance or container';
  const domain = AWS_DOMAINS.find((one) => host.endsWith(one));
  if (domain === undefined) return undefined;
  return withoutRegion(host).replace('.dualstack', '').slice(0, -domain.length).split('.').at(-1);
}

/** The same host name for every Region. */
const withoutRegion = (host: string): string => host.replace(REGION_LABEL, '');

import type { Properties } from '../template/properties.ts';
import type { Resource } from '../template/stack.ts';

/** What a `ResponseHeadersPolicy` does to the headers of an answer (PARITY S11). */
export interface HeadersPolicy {
  /** `replaces`: whether it stands in place of what the bucket says. */
  readonly added: readonly { readonly name: string; readonly value: string; readonly replaces: boolean }[];
  readonly removed: readonly string[];
}

/** Adds nothing. */
export const NO_POLICY: HeadersPolicy = { added: [], removed: [] };

const XSS = 'x-xss-protection';

/** Reads a policy of the template. What it says of CORS and server timing is not emulated, and stays unread. */
export function readHeadersPolicy({ properties }: Resource): HeadersPolicy {
  const config = properties.inside('ResponseHeadersPolicyConfig');
  const security = config.inside('SecurityHeadersConfig');
  const one = (name: string, section: string, value: (section: Properties) => string | undefined) => {
    if (!security.has(section)) return [];
    const inside = security.inside(section);
    const text = value(inside);
    return text === undefined ? [] : [{ name, value: text, replaces: isTrue(inside, 'Override') }];
  };
  const custom = config.inside('CustomHeadersConfig').list('Items');
  return {
    added: [
      ...one('content-security-policy', 'ContentSecurityPolicy', (csp) => csp.text('ContentSecurityPolicy')),
      ...one('x-content-type-options', 'ContentTypeOptions', () => 'nosniff'),
      ...one('x-frame-options', 'FrameOptions', (frame) => frame.text('FrameOption')),
      ...one('referrer-policy', 'ReferrerPolicy', (referrer) => referrer.text('ReferrerPolicy')),
      ...one('strict-transport-security', 'StrictTransportSecurity', transportSecurity),
      ...one(XSS, 'XSSProtection', xssProtection),
      ...custom.map((item) => ({
        name: item.text('Header').toLowerCase(),
        value: item.text('Value'),
        replaces: isTrue(item, 'Override'),
      })),
    ],
    removed: config
      .inside('RemoveHeadersConfig')
      .list('Items')
      .map((item) => item.text('Header').toLowerCase()),
  };
}

/** The headers of an answer as the policy leaves them. */
export function withPolicy(
  headers: Readonly<Record<string, string>>,
  { added, removed }: HeadersPolicy,
): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !removed.includes(name));
  const result: Record<string, string> = Object.fromEntries(kept);
  for (const { name, value, replaces } of added) if (replaces || !(name in result)) result[name] = value;
  return result;
}

/** A boolean; CloudFormation also takes its name as text. */
export const isTrue = (properties: Properties, name: string): boolean =>
  properties.optionalText(name) === 'true';

function transportSecurity(section: Properties): string {
  const parts = [`max-age=${section.text('AccessControlMaxAgeSec')}`];
  if (isTrue(section, 'IncludeSubdomains')) parts.push('includeSubDomains');
  if (isTrue(section, 'Preload')) parts.push('preload');
  return parts.join('; ');
}

function xssProtection(section: Properties): string {
  if (!isTrue(section, 'Protection')) return '0';
  const report = section.optionalText('ReportUri');
  return ['1', isTrue(section, 'ModeBlock') && 'mode=block', report !== undefined && `report=${report}`]
    .filter((part) => part !== false)
    .join('; ');
}

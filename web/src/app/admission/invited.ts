/** The address of a page with an invitation in its fragment, which no server is told; undefined without one. */
export function withInvitation(pageUrl: string, invitation: string | undefined): string | undefined {
  if (invitation === undefined) return undefined;
  const url = new URL(pageUrl);
  const fields = new URLSearchParams(url.hash.slice(1));
  fields.set('invitation', invitation);
  url.hash = fields.toString();
  return url.href;
}

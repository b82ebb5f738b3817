/**
 * Rewrites the head of a 101, its status line and then its headers, to what API Gateway was seen to send (PARITY H14), with
 * the subprotocol that `$connect` returned, offered or not: the gateway picks none of its own (PARITY H5, H6).
 */
export function rewriteUpgradeHead(head: string[], subprotocol: string | undefined): void {
  const own = head.filter((line) => /^sec-websocket-(accept|extensions):/i.test(line));
  head.splice(
    1,
    head.length,
    `Date: ${new Date().toUTCString()}`,
    'Connection: upgrade',
    'upgrade: websocket',
    ...own.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())),
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
  );
}

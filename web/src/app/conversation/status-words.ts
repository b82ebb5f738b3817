import type { Refusal, Status } from '../connection/outbox.ts';

/** How far a message of ours got, as people say it. */
export interface StatusWords {
  readonly text: string;
  /** What it means, where one word is not enough. */
  readonly detail?: string;
  /** What the server said of it, in English. */
  readonly said?: string;
  readonly isBad?: true;
}

/** Says how far a message of ours got. */
export function statusInWords(status: Status): StatusWords {
  switch (status.kind) {
    case 'queued': {
      if (!status.refusal) return { text: $localize`Queued` };
      return {
        ...notDelivered(status.refusal),
        detail: $localize`It is sent again by itself for some minutes.`,
      };
    }
    case 'sent':
      return { text: $localize`Sent` };
    case 'delivered':
      return { text: $localize`Delivered` };
    case 'unconfirmed': {
      const detail = $localize`No receipt came: it may have been shown, or not.`;
      if (!status.refusal) return { text: $localize`Unconfirmed`, detail, isBad: true };
      const { code } = status.refusal;
      const why = causeOf(code);
      const text = $localize`Unconfirmed (${code}:code:): ${why}:cause:.`;
      return { text, detail, ...quoted(status.refusal), isBad: true };
    }
    case 'refused':
      return notDelivered(status);
    case 'cancelled':
      return { text: $localize`Cancelled`, detail: $localize`It was not sent.` };
  }
}

function notDelivered(refusal: Refusal): StatusWords {
  const { code } = refusal;
  const why = causeOf(code);
  const text = $localize`Not delivered (${code}:code:): ${why}:cause:.`;
  return { text, ...quoted(refusal), isBad: true };
}

/** The server's own words; what this page says of itself is in its language already. */
const quoted = ({ code, reason }: Refusal): Pick<StatusWords, 'said'> =>
  code === 'not-sent' ? {} : { said: reason };

/** What a refusal code means for a message [P40]. */
function causeOf(code: Refusal['code']): string {
  switch (code) {
    case 'gone':
      return $localize`the peer is not connected`;
    case 'too-large':
      return $localize`the frame is too large`;
    case 'throttled':
      return $localize`too much at once for API Gateway, or for the peer`;
    case 'timeout':
      return $localize`nobody answered in time`;
    case 'invalid':
      return $localize`the server cannot read the frame`;
    case 'unknown-route':
      return $localize`the API has no such route`;
    case 'not-member':
      return $localize`the server does not know this connection any more`;
    case 'not-invited':
      return $localize`the peer is in a room for members, and you are not`;
    case 'room-full':
      return $localize`the room is full`;
    case 'failed':
      return $localize`the server has failed`;
    case 'not-sent':
      return $localize`there was no connection to send it on for too long`;
  }
}

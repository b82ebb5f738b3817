import type { Status } from '../connection/outbox.ts';

/** How far a message of ours got, as people say it. */
export interface StatusWords {
  readonly text: string;
  /** What it means, where one word is not enough. */
  readonly detail?: string;
  readonly isBad?: true;
}

/** Says how far a message of ours got. */
export function statusInWords(status: Status): StatusWords {
  switch (status.kind) {
    case 'queued': {
      if (!status.refusal) return { text: 'Queued' };
      const { code, reason } = status.refusal;
      return {
        text: `Not delivered (${code}): ${reason}.`,
        detail: 'It is sent again by itself for some minutes.',
        isBad: true,
      };
    }
    case 'sent':
      return { text: 'Sent' };
    case 'delivered':
      return { text: 'Delivered' };
    case 'unconfirmed': {
      const why = status.refusal ? ` (${status.refusal.code}: ${status.refusal.reason})` : '';
      return {
        text: `Unconfirmed${why}.`,
        detail: 'No receipt came: it may have been shown, or not.',
        isBad: true,
      };
    }
    case 'refused':
      return { text: `Not delivered (${status.code}): ${status.reason}.`, isBad: true };
    case 'cancelled':
      return { text: 'Cancelled', detail: 'It was not sent.' };
  }
}

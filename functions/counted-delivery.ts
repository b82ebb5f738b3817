import type { Delivery, Outcome, Tried } from './delivery.ts';
import type { Count, Metric } from './metrics.ts';

const METRICS: Readonly<Record<Exclude<Outcome, 'sent'>, Metric>> = {
  gone: 'PostsGone',
  throttled: 'PostsThrottled',
  'too-large': 'PostsFailed',
  timeout: 'PostsFailed',
  forbidden: 'PostsFailed',
};

/** A delivery whose posts that did not arrive are counted. */
export const counted = (
  delivery: Pick<Delivery, 'post' | 'postAll'>,
  count: Count,
): Pick<Delivery, 'post' | 'postAll'> => ({
  async post(connectionId, text) {
    const outcome = await delivery.post(connectionId, text);
    if (outcome !== 'sent') count(METRICS[outcome]);
    return outcome;
  },
  async postAll(posts) {
    const tried = await delivery.postAll(posts);
    for (const [metric, times] of Map.groupBy(tried.flatMap(metricOf), (metric) => metric)) {
      count(metric, { times: times.length });
    }
    return tried;
  },
});

function metricOf(tried: Tried): Metric | [] {
  if ('error' in tried) return 'PostsFailed';
  return tried.outcome === 'sent' ? [] : METRICS[tried.outcome];
}

/** Writes a stretch of milliseconds, in a locale (BCP 47), with as many digits as matter: 0.42 ms, 4.2 ms, 420 ms, 4.2 s. */
export function millisecondsIn(locale: string): (ms: number) => string {
  const short = (unit: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits });
  const milliseconds = [0, 1, 2].map((digits) => short('millisecond', digits));
  const seconds = short('second', 1);
  return (ms) => {
    if (ms >= 999.5) return seconds.format(ms / 1000);
    const digits = ms < 0.995 ? 2 : ms < 9.95 ? 1 : 0;
    return (milliseconds[digits] ?? seconds).format(ms);
  };
}

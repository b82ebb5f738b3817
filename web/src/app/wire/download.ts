/** How long pieces are made before the page may do something else, in milliseconds. */
const BUDGET_MS = 10;

/** A file of many pieces, which is made while the page goes on. */
export async function fileOf(pieces: Iterable<string>, type: string): Promise<Blob> {
  const parts: string[] = [];
  let until = performance.now() + BUDGET_MS;
  for (const piece of pieces) {
    parts.push(piece);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + BUDGET_MS;
  }
  return new Blob(parts, { type });
}

/** Hands a file to the person at the page. */
export function save(document: Document, name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read the address by then, and would keep the file as long as the page.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

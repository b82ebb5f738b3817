import { linked, type Span } from './links.ts';

/** A part of a message: running text, or code as a block. */
export type Block =
  | { readonly kind: 'text'; readonly spans: readonly Span[] }
  | { readonly kind: 'code'; readonly text: string };

/** A fence with code after it, or a line that is code between two fences. */
const FENCE = /^ {0,3}```(?:[\w+#.-]*\s*|(.+)```\s*)$/;
const CLOSE = /^ {0,3}```\s*$/;
const INLINE = /`([^`\n]+)`/g;

/**
 * The blocks of a message in which people mark code as they are used to: between lines of ```, or `in the line`. A block
 * that nobody closed goes on to the end. Nothing else is markup.
 */
export function blocksOf(text: string, isCut = false): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let inCode = false;
  const end = (isLast = false) => {
    if (inCode) blocks.push({ kind: 'code', text: lines.join('\n') });
    else if (lines.length > 0)
      blocks.push({ kind: 'text', spans: spansOf(lines.join('\n'), isLast && isCut) });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const fence = inCode ? CLOSE.exec(line) : FENCE.exec(line);
    if (!fence) {
      lines.push(line);
      continue;
    }
    end();
    if (fence[1] === undefined) inCode = !inCode;
    else blocks.push({ kind: 'code', text: fence[1] });
  }
  end(true);
  return blocks;
}

function spansOf(text: string, isCut: boolean): readonly Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (const { 0: marked, 1: code = '', index } of text.matchAll(INLINE)) {
    spans.push(...linked(text.slice(done, index)), { kind: 'code', text: code });
    done = index + marked.length;
  }
  return [...spans, ...linked(text.slice(done), isCut)];
}

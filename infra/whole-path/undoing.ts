/** Gives a function that takes what is to be undone after each spec of the suite, newest first, however the spec ended. */
export function undoing(): (undo: () => unknown) => void {
  const undos: (() => unknown)[] = [];
  afterEach(async () => {
    for (const undo of undos.splice(0).reverse()) await undo();
  });
  return (undo) => void undos.push(undo);
}

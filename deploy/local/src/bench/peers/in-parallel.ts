/**
 * Does `one` for 0 … count-1, so many at once.
 * @returns calls a second
 */
export async function inParallel(count: number, atOnce: number, one: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const worker = async () => {
    while (next < count) await one(next++);
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  return count / ((performance.now() - began) / 1_000);
}

/** A logo as the portal can show it in its bar, 28 px high. */
export interface Logo {
  readonly width: number;
  readonly height: number;
}

const mostBytes = 100_000;
const mostWidth = 2_000;
const mostHeight = 1_000;
const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Reads a PNG's size and walks through its chunks to the end, so that nothing else hides in front, between or behind.
 * Pictures that move are no logos: nobody could stop them (WCAG 2.2.2).
 * @returns undefined for anything else
 * @see https://www.w3.org/TR/png-3/#5Chunk-layout
 */
export function logoIn(bytes: Buffer): Logo | undefined {
  if (bytes.length > mostBytes || !bytes.subarray(0, signature.length).equals(signature)) return undefined;
  const types: string[] = [];
  let at = signature.length;
  while (at + 12 <= bytes.length && types.at(-1) !== 'IEND') {
    types.push(bytes.toString('latin1', at + 4, at + 8));
    at += 12 + bytes.readUInt32BE(at);
  }
  const whole = at === bytes.length && types[0] === 'IHDR' && types.includes('IDAT') && types.at(-1) === 'IEND';
  if (!whole || types.includes('acTL')) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const fits = width > 0 && width <= mostWidth && height > 0 && height <= mostHeight;
  return fits ? { width, height } : undefined;
}

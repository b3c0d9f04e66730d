/** The end of a page as an opaque cursor: the sort key of its last row. */
function cursorOf(...key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** What a part of a sort key may be, so that PostgreSQL takes it as its column's type. */
const fits = {
  text: (part: string) => !part.includes('\0'),
  number: (part: string) => /^\d{1,9}$/.test(part),
  long: (part: string) => /^\d{1,15}$/.test(part),
  time: (part: string) => /^\d{4}-\d\d-\d\dT/.test(part) && !Number.isNaN(Date.parse(part)),
  uuid: (part: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
};
type KeyPart = keyof typeof fits;

/**
 * The sort key that a cursor stands for. One that was mangled or forged starts from the beginning.
 * @param parts what the key is made of, in order: `number` is whole, from 0 to below 10^9, `long` to below 10^15; `time` is ISO 8601
 */
export function keyOf<const Parts extends readonly KeyPart[]>(
  cursor: string | undefined,
  ...parts: Parts
): { [Index in keyof Parts]: string } | undefined {
  if (!cursor) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(key) || key.length !== parts.length) return undefined;
    return parts.every((kind, index) => typeof key[index] === 'string' && fits[kind](key[index]))
      ? (key as { [Index in keyof Parts]: string })
      : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOfRow: (row: Row) => readonly string[],
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: last && rows.length > limit ? cursorOf(...keyOfRow(last)) : null };
}

/** A page's end as an opaque cursor: time and id of its last row. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');
}

/** What a cursor stands for; a mangled one starts from the beginning. */
export function afterCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const [at, id] = Buffer.from(cursor ?? '', 'base64url')
    .toString()
    .split('|');
  const time = new Date(at ?? '');
  return id && /^[0-9a-f-]{36}$/.test(id) && !Number.isNaN(time.getTime()) ? { at: time, id } : undefined;
}

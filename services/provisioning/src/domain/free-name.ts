const longestName = 63;

/** Names near `name` begin with this; enough to look them all up in one query. */
export function stemOf(name: string): string {
  return name.replace(/-?\d+$/, '');
}

/** The next free name: the number at the end counted up, width kept (`web-09`, `web-10`); without a number, `-2`. */
export function nextFreeName(name: string, taken: ReadonlySet<string>): string {
  const match = /^(.*?)(-?)(\d+)$/.exec(name);
  const [stem, hyphen, digits] = match ? [match[1] ?? '', match[2] ?? '', match[3] ?? ''] : [name, '-', '1'];
  for (let number = Number(digits) + 1; ; number++) {
    const ending = `${hyphen}${String(number).padStart(match ? digits.length : 1, '0')}`;
    const candidate = `${stem.slice(0, longestName - ending.length)}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}

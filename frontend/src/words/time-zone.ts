let chosen: string | null = null;

/** What the person chose, else the zone of the device. */
export function timeZone(): string {
  return chosen ?? deviceZone();
}

export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A zone that this browser does not know is as good as none: a page with the device's times is better than no page. */
export function tellTimesIn(zone: string | null): void {
  chosen = zone && isKnown(zone) ? zone : null;
}

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

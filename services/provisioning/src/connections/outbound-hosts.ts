import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Settings } from '../settings.js';

/**
 * The operator's allow list. vCenters sit in private ranges, so a list of what is forbidden could not hold back an
 * administrator who enters an inner address; what is not allowed is refused.
 */
@Injectable()
export class OutboundHosts {
  readonly #names = new Set<string>();
  readonly #ranges = new BlockList();

  constructor(settings: Settings) {
    for (const entry of settings.outboundAllow
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter(Boolean)) {
      const [address = '', prefix] = entry.split('/');
      const family = isIP(address);
      if (family === 0) this.#names.add(entry);
      else
        this.#ranges.addSubnet(
          address,
          prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix),
          family === 6 ? 'ipv6' : 'ipv4',
        );
    }
  }

  /** A name is allowed when it is listed, or when every address it stands for lies in a listed range. */
  async allows(host: string): Promise<boolean> {
    const name = host.toLowerCase();
    if (this.#names.has(name)) return true;
    if (isIP(name)) return this.#inRange(name);
    const addresses = await lookup(name, { all: true }).catch(() => []); // An unknown name is as good as a forbidden one.
    return addresses.length > 0 && addresses.every(({ address }) => this.#inRange(address));
  }

  #inRange(address: string): boolean {
    return this.#ranges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

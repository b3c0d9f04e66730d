/** Link-local and loopback addresses say only that a network card is there. */
export function isReachable(address: string): boolean {
  return !/^(169\.254\.|127\.|fe80:|::1$)/i.test(address);
}

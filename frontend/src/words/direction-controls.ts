/** Embeddings, overrides and isolates: they reorder what stands around them (Unicode 16, UAX 9). */
const controls = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * Makes characters visible that would turn a line around, so that an approver reads what was written and not what its
 * writer wants to be seen. Isolating a text does not help against an override inside it. Letters that are themselves
 * written from right to left stay as they are.
 */
export function withVisibleControls(text: string): string {
  return text.replaceAll(controls, (control) => `[U+${control.charCodeAt(0).toString(16).toUpperCase()}]`);
}

import { i18n } from '@lingui/core';

export type Cell = string | number | null;

/**
 * A table as spreadsheets of the person's language open it by themselves: UTF-8 with BOM; semicolon and decimal comma
 * in German, comma and point in English.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const german = i18n.locale !== 'en';
  const separator = german ? ';' : ',';
  const lines = [head, ...rows].map((cells) => cells.map((cell) => written(cell, german)).join(separator));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function written(cell: Cell, german: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return german ? String(cell).replace('.', ',') : String(cell);
  // A cell that begins like this is a formula to a spreadsheet, and somebody else may have written it (OWASP, CSV injection).
  const text = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

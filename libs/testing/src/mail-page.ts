import type { ReceivedMail } from './mail-store.js';

/** Mails newest first, and one opened. A mail's HTML is shown in a sandboxed frame: it may run and load nothing. */
export function mailPage(mails: readonly ReceivedMail[], opened: ReceivedMail | undefined): string {
  const rows = [...mails].reverse().map(
    (mail) => `<tr${mail === opened ? ' aria-current="true"' : ''}><td>${escapeHtml(mail.receivedAt.slice(11, 19))}</td>
      <td>${escapeHtml(mail.to.join(', '))}</td><td><a href="/mails/${mail.id}">${escapeHtml(mail.subject)}</a></td></tr>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails (${mails.length})</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2530}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #dde2e8}
[aria-current]{background:#eaf2f8}iframe{width:100%;height:26rem;border:1px solid #dde2e8}pre{white-space:pre-wrap;background:#f4f6f8;padding:1rem}</style>
<h1>Mails</h1>${mails.length === 0 ? '<p>No mail yet.</p>' : ''}
<table><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr>${rows.join('\n')}</table>
${
  opened
    ? `<h2>${escapeHtml(opened.subject)}</h2><p>From ${escapeHtml(opened.from)} · Message-ID ${escapeHtml(opened.messageId)}</p>
<iframe sandbox="" title="HTML" srcdoc="${escapeHtml(opened.html)}"></iframe><pre>${escapeHtml(opened.text)}</pre>`
    : ''
}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

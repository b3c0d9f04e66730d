import type { Language } from '@dvmm/contracts';
import { html } from 'hono/html';

/** A page of a few sentences, without script. */
export function textPage(page: {
  language: Language;
  title: string;
  paragraphs: readonly string[];
  links?: readonly { href: string; text: string }[];
  /** Correlation id, for whoever asks for help. */
  reference?: string;
}) {
  return html`<!doctype html>
<html lang="${page.language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${page.title} · DVMM</title>
<link rel="stylesheet" href="/assets/page.css">
<main>
<h1>${page.title}</h1>
${page.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
${page.links ? html`<ul>${page.links.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}</ul>` : ''}
${page.reference ? html`<p class="quiet">${page.language === 'de' ? 'Kennung' : 'Reference'}: <code>${page.reference}</code></p>` : ''}
</main>
</html>`;
}

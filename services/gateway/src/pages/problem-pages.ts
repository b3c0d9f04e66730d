import { isRefusalCode, type RefusalCode, type RefusalEntry, refusals } from '@dvmm/contracts';
import type { Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';
import { textPage } from './text-page.js';

/** What `type` of a problem document opens: the code explained, without anybody's details. */
export function registerProblemPages(app: Hono<GatewayEnv>): void {
  app.get('/problems', (c) => {
    const language = c.get('language');
    const links = (Object.keys(refusals) as RefusalCode[])
      .sort()
      .map((code) => ({ href: `/problems/${code}`, text: `${code}: ${refusals[code][language].title}` }));
    return c.html(
      textPage({ language, title: language === 'de' ? 'Fehlercodes' : 'Error codes', paragraphs: [], links }),
    );
  });

  app.get('/problems/:code', (c) => {
    const code = c.req.param('code');
    if (!isRefusalCode(code)) throw new Problem('not-found');
    const language = c.get('language');
    const entry: RefusalEntry = refusals[code];
    const { title, detail } = entry[language];
    return c.html(
      textPage({
        language,
        title,
        paragraphs: [
          detail.replaceAll(/\{(\w+)\}/g, '‹$1›'),
          `HTTP ${entry.status} · ${code}`,
          `Check: ${entry.check}`,
        ],
        links: [{ href: '/problems', text: language === 'de' ? 'Alle Fehlercodes' : 'All error codes' }],
      }),
    );
  });
}

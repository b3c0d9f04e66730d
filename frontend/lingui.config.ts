import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['de', 'en'],
  catalogs: [{ path: 'src/words/catalogue/{locale}', include: ['src'] }],
  // Line numbers would change the catalogues with every edit.
  format: formatter({ lineNumbers: false }),
});

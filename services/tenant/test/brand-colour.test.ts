import { readFileSync } from 'node:fs';
import Color from 'colorjs.io';
import { describe, expect, it } from 'vitest';
import { fitBrandColour } from '../src/domain/brand-colour.js';

const contrast = (one: string, other: string) => new Color(one).contrast(other, 'WCAG21');
/** What a tenant's colour is read on: the portal's own planes. */
const css = readFileSync(new URL('../../../frontend/src/ui/theme.css', import.meta.url), 'utf8');
const planesOf = (theme: 'light' | 'dark') => {
  const [, block = ''] = new RegExp(`\\[data-theme="${theme}"\\] \\{(.+?)\\}`, 's').exec(css) ?? [];
  return ['card', 'background', 'muted', 'accent'].map((name) => {
    const [, plane] = new RegExp(`--${name}: (oklch\\(.+?\\));`).exec(block) ?? [];
    if (!plane) throw new Error(`theme.css has no --${name} in ${theme}`);
    return plane;
  }) as [string, ...string[]];
};
const planes = { light: planesOf('light'), dark: planesOf('dark') };

describe("a tenant's colour", () => {
  it.each([
    ['#ffcc00', '#846801', 5.3, '#f1cf71', 11.59],
    ['#e2001a', '#bb4039', 5.38, '#d8796f', 5.74],
    ['#009640', '#057b34', 5.4, '#5ead6e', 6.4],
    ['#ffffff', '#6a6a6a', 5.41, '#ffffff', 17.51],
  ])('%s becomes what the design has tried', (entered, light, onWhite, dark, onCard) => {
    const fitted = fitBrandColour(entered);
    expect([fitted.light.primary, fitted.dark.primary]).toEqual([light, dark]);
    expect(contrast(light, planes.light[0])).toBeCloseTo(onWhite, 2);
    expect(contrast(dark, planes.dark[0])).toBeCloseTo(onCard, 2);
  });

  it('can be read in both themes, whatever it is', () => {
    const steps = ['00', '33', '66', '99', 'cc', 'ff'];
    const all = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)));
    const unreadable = all.flatMap((entered) => {
      const fitted = fitBrandColour(entered);
      return (['light', 'dark'] as const).flatMap((theme) => {
        const { primary, foreground, hover, tint } = fitted[theme];
        const pairs = [
          ...[...planes[theme], tint].map((plane) => [primary, plane]),
          [foreground, primary],
          [foreground, hover],
        ] as [string, string][];
        return pairs
          .filter(([one, other]) => contrast(one, other) < 4.5)
          .map(([one, other]) => `${entered} ${theme}: ${one} on ${other}`);
      });
    });
    expect(unreadable).toEqual([]);
  });

  it('that fits is shown as it is, and none is said to be corrected', () => {
    const { light } = fitBrandColour('#05618f');
    expect(light).toMatchObject({ primary: '#05618f', corrections: [] });
  });

  it('says why it was corrected', () => {
    expect(fitBrandColour('#ffcc00').light.corrections).toEqual(['too-vivid', 'too-light']);
    expect(fitBrandColour('#102030').dark.corrections).toEqual(['too-dark']);
  });
});

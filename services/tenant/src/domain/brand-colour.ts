import type { previewColour } from '@dvmm/contracts';
import type { Output } from '@eaf/messaging/contract';
import Color from 'colorjs.io';

export type BrandColours = Output<typeof previewColour>;
type FittedShades = BrandColours['light'];

/** Text on coloured ground and coloured text on ground: WCAG 2.2, 1.4.3. */
const enough = 4.5;
const white = [1, 0, 0] as const;

interface Theme {
  /** OKLCH, as in the portal's theme.css: what the colour is read on. */
  readonly planes: readonly (readonly [number, number, number])[];
  readonly mostChroma: number;
  readonly fitLightness: (lightness: number) => number;
  readonly step: number;
  /** Lightness and most chroma; the hue is the tenant's. */
  readonly tint: readonly [number, number];
  readonly foreground: readonly [number, number];
  /** What is added to the lightness under the pointer, and what the chroma is multiplied by. */
  readonly hover: readonly [number, number];
  readonly correction: FittedShades['corrections'][number];
}

const light: Theme = {
  planes: [[0.985, 0.003, 250], white, [0.965, 0.005, 250], [0.945, 0.007, 250]],
  mostChroma: 0.16,
  fitLightness: (lightness) => Math.min(lightness, 0.56),
  step: -0.005,
  tint: [0.95, 0.02],
  foreground: [1, 0],
  hover: [-0.07, 0.857],
  correction: 'too-light',
};
const dark: Theme = {
  planes: [
    [0.175, 0.012, 255],
    [0.215, 0.013, 255],
    [0.15, 0.011, 255],
    [0.265, 0.015, 255],
  ],
  mostChroma: 0.12,
  fitLightness: (lightness) => Math.max(lightness, 0.68),
  step: 0.005,
  tint: [0.285, 0.042],
  foreground: [0.19, 0.02],
  hover: [0.07, 0.8],
  correction: 'too-dark',
};

/** One colour of the tenant's, so that it can be read in both themes. The hue stays; lightness and chroma give way. */
export function fitBrandColour(hex: string): BrandColours {
  return { light: fit(hex, light), dark: fit(hex, dark) };
}

function fit(hex: string, theme: Theme): FittedShades {
  const [entered = 0, ownChroma = 0, ownHue] = new Color(hex).to('oklch').coords.map((part) => part ?? 0);
  const hue = Math.round(ownHue ?? 0);
  const chroma = Math.min(ownChroma, theme.mostChroma);
  const tint = inSrgb(theme.tint[0], Math.min(chroma, theme.tint[1]), hue);
  const planes = [...theme.planes.map((plane) => new Color('oklch', [...plane])), tint];
  let lightness = theme.fitLightness(entered);
  // What fits stays to the last digit.
  let primary = chroma === ownChroma && lightness === entered ? new Color(hex) : inSrgb(lightness, chroma, hue);
  // Black and white are readable on every plane of their theme, so this ends.
  while (!planes.every((plane) => contrast(primary, plane) >= enough)) {
    lightness += theme.step;
    primary = inSrgb(lightness, chroma, hue);
  }
  const [brighter, paler] = theme.hover;
  const away = lightness + brighter;
  return {
    primary: hexOf(primary),
    foreground: hexOf(inSrgb(theme.foreground[0], Math.min(chroma, theme.foreground[1]), hue)),
    // What is nearly white already can only grow darker.
    hover: hexOf(inSrgb(away > 1 ? lightness - brighter : Math.max(0, away), chroma * paler, hue)),
    tint: hexOf(tint),
    corrections: [
      ...(ownChroma - chroma > 0.001 ? (['too-vivid'] as const) : []),
      ...(Math.abs(lightness - entered) > 0.001 ? [theme.correction] : []),
    ],
  };
}

/** The nearest colour of that lightness and hue that screens show: with less chroma where need be. */
function inSrgb(lightness: number, chroma: number, hue: number): Color {
  let shown = new Color('oklch', [lightness, chroma, hue]);
  for (let less = chroma; less > 0 && !shown.inGamut('srgb'); ) {
    less = Math.max(0, less - 0.002);
    shown = new Color('oklch', [lightness, less, hue]);
  }
  return new Color(hexOf(shown)); // What is measured is what is shown: eight bits a channel.
}

function hexOf(colour: Color): string {
  return colour.to('srgb').toString({ format: 'hex', collapse: false });
}

function contrast(one: Color, other: Color): number {
  return one.contrast(other, 'WCAG21');
}

import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { hexColour, notFound, nothing } from '../vocabulary.js';

/** What the portal draws in the tenant's colour, as four colours that can be read on each other and on its planes. */
const shades = z.object({ primary: hexColour, foreground: hexColour, hover: hexColour, tint: hexColour });

/** Why a theme does not show the colour as it was entered; none: it does. */
const correction = z.enum(['too-vivid', 'too-light', 'too-dark']);

const logo = z.object({
  /** Names this image and no other, so that it can be kept for good. */
  version: z.string(),
  width: z.int(),
  height: z.int(),
});

const branding = z.object({ colour: hexColour.nullable(), logo: logo.nullable() });

export const getBranding = operation({
  name: 'tenant.get-branding',
  summary: "The tenant's colour as it was entered, and its logo",
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: nothing,
  output: branding,
  http: { method: 'get', path: '/api/v1/admin/branding' },
});

export const previewColour = operation({
  name: 'tenant.preview-colour',
  summary: 'What the portal would make of a colour, in both themes, and why',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ colour: hexColour }),
  output: z.object({
    light: shades.extend({ corrections: z.array(correction) }),
    dark: shades.extend({ corrections: z.array(correction) }),
  }),
  http: { method: 'get', path: '/api/v1/admin/branding/preview' },
});

export const setBranding = operation({
  name: 'tenant.set-branding',
  summary: "Sets the tenant's colour and logo; null takes it away, a logo left out stays",
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({
    colour: hexColour.nullable(),
    /** PNG in base64. Longer than is taken, so that what is too large hears the reason and not a count of letters. */
    logo: z.base64().max(200_000).nullable().optional(),
  }),
  output: branding,
  refusals: { 'branding.logo-unfit': nothing },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/branding' },
});

/** The gateway makes a stylesheet of it. */
export const getBrandColours = operation({
  name: 'tenant.get-brand-colours',
  summary: 'The colours in which the portal shows itself to people of this tenant',
  callers: ['gateway'],
  allow: ['anyone'],
  input: nothing,
  output: z.object({ version: z.string(), light: shades, dark: shades }),
  refusals: { ...notFound },
});

export const getBrandLogo = operation({
  name: 'tenant.get-brand-logo',
  summary: "The tenant's logo, a PNG in base64",
  callers: ['gateway'],
  allow: ['anyone'],
  input: nothing,
  output: z.object({ version: z.string(), png: z.base64() }),
  refusals: { ...notFound },
});

/** What a page needs to know to ask for both. */
export const brand = z.object({ colours: z.string().nullable(), logo: logo.nullable() });

export const brandingOperations = [getBranding, previewColour, setBranding, getBrandColours, getBrandLogo];

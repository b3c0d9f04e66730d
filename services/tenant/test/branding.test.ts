import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  brandingChanged,
  getBrandColours,
  getBranding,
  getBrandLogo,
  me,
  previewColour,
  setBranding,
} from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import { granted, newHouse, tenantUnderTest } from './tenant-under-test.js';

const tenant = tenantUnderTest();
const key = () => ({ idempotencyKey: randomUUID() });
const png = readFileSync(new URL('./logo.png', import.meta.url));
const base64 = png.toString('base64');
const version = createHash('sha256').update(png).digest('hex');
const size = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };

describe("a tenant's branding", () => {
  it('is shown to all of its people, and to nobody else', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const [erika, foreigner] = [await house.join('user'), await elsewhere.join('user')];
    const set = granted(await tenant.ask(setBranding, { colour: '#FFCC00', logo: base64 }, house.administrator, key()));
    expect(set).toEqual({ colour: '#ffcc00', logo: { version, ...size } });
    expect(granted(await tenant.ask(getBranding, {}, house.administrator))).toEqual(set);
    const { brand } = granted(await tenant.ask(me, {}, erika)).tenant;
    expect(brand.logo).toEqual(set.logo);
    const colours = granted(await tenant.ask(getBrandColours, {}, erika));
    expect(colours).toMatchObject({
      version: brand.colours,
      light: { primary: '#846801', foreground: '#ffffff' },
      dark: { primary: '#f1cf71' },
    });
    expect(granted(await tenant.ask(getBrandLogo, {}, erika))).toEqual({ version, png: base64 });

    const absent = { refused: 'not-found', detail: {} };
    expect(await tenant.ask(getBrandColours, {}, foreigner)).toEqual(absent);
    expect(await tenant.ask(getBrandLogo, {}, foreigner)).toEqual(absent);
    expect(granted(await tenant.ask(me, {}, foreigner)).tenant.brand).toEqual({ colours: null, logo: null });
  });

  it('keeps the logo when only the colour changes, and goes when both are taken away', async () => {
    const { administrator } = await newHouse(tenant);
    granted(await tenant.ask(setBranding, { colour: null, logo: base64 }, administrator, key()));
    const other = granted(await tenant.ask(setBranding, { colour: '#009640' }, administrator, key()));
    expect(other).toEqual({ colour: '#009640', logo: { version, ...size } });
    granted(await tenant.ask(setBranding, { colour: null, logo: null }, administrator, key()));
    expect(granted(await tenant.ask(getBranding, {}, administrator))).toEqual({ colour: null, logo: null });
    expect(granted(await tenant.ask(me, {}, administrator)).tenant.brand).toEqual({ colours: null, logo: null });
  });

  it('is told as a fact, with the hash of the logo and not the image', async () => {
    const house = await newHouse(tenant);
    granted(await tenant.ask(setBranding, { colour: '#e2001a', logo: base64 }, house.administrator, key()));
    const told = await tenant.fact(brandingChanged, (event) => event.tenant === house.tenant);
    expect(told.data).toEqual({ colour: '#e2001a', light: '#bb4039', dark: '#d8796f', logoSha256: version });
  });

  it('is set by administrators alone', async () => {
    const house = await newHouse(tenant);
    for (const role of ['user', 'approver', 'auditor'] as const) {
      const person = await house.join(role);
      await expect(tenant.ask(setBranding, { colour: '#009640' }, person, key())).rejects.toMatchObject({
        code: 'not-allowed',
      });
    }
    await expect(tenant.ask(previewColour, { colour: '#009640' }, await house.join('user'))).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it.each(['red', '#fff', '#gggggg', '009640', '#009640;}', ''])('takes no %j for a colour', async (colour) => {
    const { administrator } = await newHouse(tenant);
    const invalid = { code: 'invalid-input' };
    await expect(tenant.ask(setBranding, { colour }, administrator, key())).rejects.toMatchObject(invalid);
    await expect(tenant.ask(previewColour, { colour }, administrator)).rejects.toMatchObject(invalid);
  });

  /** With one more chunk, before the last one. */
  const withChunk = (type: string, bytes: number) => {
    const chunk = Buffer.alloc(12 + bytes);
    chunk.writeUInt32BE(bytes);
    chunk.write(type, 4);
    return Buffer.concat([png.subarray(0, -12), chunk, png.subarray(-12)]);
  };
  const padded = (bytes: number) => withChunk('paDd', bytes); // Every reader skips it.
  const wide = Buffer.from(png);
  wide.writeUInt32BE(2_001, 16);
  it.each([
    ['a page that calls itself an image', Buffer.from('<script>alert(1)</script>')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100', 'hex')],
    ['only the beginning of a PNG', png.subarray(0, 40)],
    ['a page behind the signature of a PNG', Buffer.concat([png.subarray(0, 8), Buffer.from('<html>'.repeat(20))])],
    ['a PNG with something behind its end', Buffer.concat([png, Buffer.from('<script>alert(1)</script>')])],
    ['a PNG that is too large', padded(100_000)],
    ['a PNG that is too wide', wide],
    ['a PNG that moves', withChunk('acTL', 8)],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s as a logo and changes nothing', async (_, bytes) => {
    const { administrator } = await newHouse(tenant);
    const wish = { colour: '#009640', logo: bytes.toString('base64') };
    expect(await tenant.ask(setBranding, wish, administrator, key())).toEqual({
      refused: 'branding.logo-unfit',
      detail: {},
    });
    expect(granted(await tenant.ask(getBranding, {}, administrator))).toEqual({ colour: null, logo: null });
  });

  it('takes a PNG as large as may be', async () => {
    const { administrator } = await newHouse(tenant);
    const logo = padded(100_000 - 12 - png.length);
    expect(logo).toHaveLength(100_000);
    granted(await tenant.ask(setBranding, { colour: null, logo: logo.toString('base64') }, administrator, key()));
    expect(granted(await tenant.ask(getBrandLogo, {}, administrator)).png).toBe(logo.toString('base64'));
  });
});

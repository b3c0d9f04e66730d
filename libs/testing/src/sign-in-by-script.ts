/**
 * Signs in as a person would, without a browser: follows redirects with a cookie jar, posts the provider's form, and goes
 * on until the client's callback is reached.
 * @param startUrl   where the sign-in begins: the provider's authorization URL, or a page that redirects to it
 * @param stopAt     stops before a URL that begins so, and returns it. Default: the authorization URL's `redirect_uri`, so
 *                   that the code comes back; without one, follows to the end and returns the last URL
 * @param cookies    the client's own cookies; filled with what it sets
 * @param headers    sent along at every hop
 * @throws Error with the status when the provider refuses user or password
 */
export async function signInByScript(options: {
  startUrl: string;
  username: string;
  password: string;
  stopAt?: string;
  cookies?: CookieJar;
  headers?: Record<string, string>;
}): Promise<{ url: string; cookies: CookieJar }> {
  const cookies = options.cookies ?? new CookieJar();
  const stopAt = options.stopAt ?? new URL(options.startUrl).searchParams.get('redirect_uri');
  let url = options.startUrl;
  let form: URLSearchParams | undefined;
  for (let hops = 0; hops < 20; hops++) {
    if (stopAt && hops > 0 && url.startsWith(stopAt)) return { url, cookies };
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        ...options.headers,
        cookie: cookies.header(url),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { body: form.toString() } : {}),
    });
    cookies.store(url, response);
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url).toString();
      form = undefined;
      continue;
    }
    const page = await response.text();
    const action = postFormOf(page);
    if (response.status === 200 && action && !form) {
      form = new URLSearchParams({ username: options.username, password: options.password });
      url = new URL(action, url).toString();
      continue;
    }
    // Keycloak says no with the same page again and 200.
    if (response.ok && !(action && form)) return { url, cookies };
    throw new Error(
      `The sign-in of ${options.username} ended with ${response.status} at ${new URL(url).pathname}: ${page.slice(0, 300)}`,
    );
  }
  throw new Error(`The sign-in of ${options.username} went round in circles.`);
}

/** Where the page's form goes, read as HTML is written: attributes in any order, `&amp;` for `&`. */
function postFormOf(page: string): string | undefined {
  const forms = page.match(/<form\b[^>]*>/g) ?? [];
  const form = forms.find((tag) => /\bmethod="post"/.test(tag));
  return form && /\baction="([^"]+)"/.exec(form)?.[1]?.replaceAll('&amp;', '&');
}

/** Cookies by origin; enough for one sign-in. */
export class CookieJar {
  readonly #byOrigin = new Map<string, Map<string, string>>();

  store(url: string, response: Response): void {
    const { origin } = new URL(url);
    const jar = this.#byOrigin.get(origin) ?? new Map<string, string>();
    this.#byOrigin.set(origin, jar);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name);
      else jar.set(name, pair.slice(name.length + 1));
    }
  }

  header(url: string): string {
    return [...(this.#byOrigin.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

import type { OidcPerson } from './oidc-provider.js';

/** The local provider's sign-in page. The pick list shows passwords' owners only because these people are made up. */
export function loginPage(uid: string, people: readonly OidcPerson[], fault?: string): string {
  const buttons = people.map(
    (person) => `<form method="post" action="/interaction/${uid}">
      <input type="hidden" name="username" value="${escapeHtml(person.username)}"><input type="hidden" name="password" value="${escapeHtml(person.password)}">
      <button>${escapeHtml(person.name)} <small>${escapeHtml(person.groups.join(', '))}</small></button></form>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#1d2530;background:#fafbfc}
button{width:100%;margin:.25rem 0;padding:.6rem .8rem;font:inherit;text-align:left;border:1px solid #8b95a1;border-radius:6px;background:#fff;cursor:pointer}
form>button:only-of-type:not(:has(small)){margin-top:.75rem;text-align:center;color:#fff;background:#1f5fa8;border-color:#1f5fa8}
input{width:100%;box-sizing:border-box;padding:.5rem;font:inherit;border:1px solid #8b95a1;border-radius:6px}small{color:#5a6572}[role=alert]{color:#8b1a1a}</style>
<h1>Sign in</h1>${fault ? `<p role="alert">${escapeHtml(fault)}</p>` : ''}
<form method="post" action="/interaction/${uid}"><label>User name<input name="username" autocomplete="username"></label>
<label>Password<input name="password" type="password" autocomplete="current-password"></label><button>Sign in</button></form>
<h2>Local people</h2>${buttons.join('\n')}`;
}

/** @param form the provider's own, with its proof that the question came from it */
export function logoutPage(form: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign out</title><body onload="document.forms[0].submit()">
${form}<input type="hidden" form="op.logoutForm" name="logout" value="yes"><noscript><button form="op.logoutForm">Sign out</button></noscript>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

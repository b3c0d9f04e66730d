// Draws /openapi.json and sends calls. No library: the page must run under `script-src 'self'` and load nothing from elsewhere.
const spec = await (await fetch('/openapi.json')).json();
const main = document.getElementById('operations');
const token = document.getElementById('token');
const find = document.getElementById('find');

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function draw(path, method, operation) {
  const form = element('form');
  const parameters = (operation.parameters ?? []).map((parameter) => {
    const value = parameter.name === 'Idempotency-Key' ? crypto.randomUUID() : (parameter.example ?? '');
    const input = element('input', { name: parameter.name, value, ...(parameter.required ? { required: '' } : {}) });
    form.append(
      element('label', {}, `${parameter.name} (${parameter.in}${parameter.required ? '' : ', optional'})`, input),
    );
    return { ...parameter, input };
  });
  const example = operation.requestBody?.content['application/json'].example;
  const body = example === undefined ? undefined : element('textarea', { 'aria-label': 'Body' });
  if (body) {
    body.value = JSON.stringify(example, null, 2);
    form.append(element('label', {}, 'Body', body));
  }
  const output = element('pre', { hidden: '' });
  form.append(element('button', {}, 'Send'), output);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    output.hidden = false;
    output.textContent = 'Sending …';
    output.textContent = await send(path, method, parameters, body?.value).catch((error) => String(error));
    // The next one is another wish, and a key stands for one.
    for (const { name, input } of parameters) if (name === 'Idempotency-Key') input.value = crypto.randomUUID();
  });
  const codes = Object.entries(operation.responses).map(([status, { description }]) =>
    element('li', {}, `${status}: ${description}`),
  );
  const details = element(
    'details',
    {},
    element('summary', {}, element('code', {}, `${method.toUpperCase()} ${path}`), operation.summary),
    element('p', { class: 'quiet' }, `${operation.operationId} · ${operation.description ?? ''}`),
    element('ul', { class: 'quiet' }, ...codes),
    form,
  );
  details.dataset.text = `${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase();
  return details;
}

async function send(path, method, parameters, body) {
  const headers = { 'X-Requested-With': 'dvmm' };
  if (token.value) headers.Authorization = `Bearer ${token.value.trim()}`;
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, input } of parameters) {
    if (place === 'path') url = url.replace(`{${name}}`, encodeURIComponent(input.value));
    else if (place === 'query' && input.value !== '') query.set(name, input.value);
    else if (place === 'header' && input.value !== '') headers[name] = input.value;
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(query.size > 0 ? `${url}?${query}` : url, {
    method: method.toUpperCase(),
    headers,
    body,
  });
  const told = ['ratelimit', 'retry-after', 'x-correlation-id', 'link'].flatMap((name) =>
    response.headers.get(name) ? [`${name}: ${response.headers.get(name)}`] : [],
  );
  const text = await response.text();
  return [`${response.status} ${response.statusText}`, ...told, '', pretty(text)].join('\n');
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

main.textContent = '';
for (const { name } of spec.tags) {
  const section = element('section', {}, element('h2', {}, name));
  for (const [path, methods] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      // The live stream never ends, so it is not tried by a form.
      if (operation.tags.includes(name)) section.append(draw(path, method, operation));
    }
  }
  main.append(section);
}
find.addEventListener('input', () => {
  const wanted = find.value.trim().toLowerCase();
  for (const details of main.querySelectorAll('details')) details.hidden = !details.dataset.text.includes(wanted);
});

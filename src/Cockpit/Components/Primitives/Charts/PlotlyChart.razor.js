// Draws figures with Plotly: puts the theme's colours and the reader's time zone in, and keeps the reader's zoom when figures move on.

let loading;

function load(url) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  return loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { loading = undefined; script.remove(); reject(new Error('the drawing library did not load')); };
    document.head.append(script);
  });
}

const local = ms => typeof ms === 'number' ? ms - new Date(ms).getTimezoneOffset() * 60000 : ms;

// Plotly writes instants as text without a zone; this reads them as it does, in UTC.
const utc = at => typeof at === 'number' ? at : Date.parse(`${at.replace(' ', 'T')}${at.length <= 10 ? '' : 'Z'}`);

/** Replaces the names of CSS variables by the colours they have on this element now. */
function themed(value, colour) {
  if (typeof value === 'string') return value.startsWith('--') ? colour(value) : value;
  if (Array.isArray(value)) return value.length && typeof value[0] !== 'object' ? value : value.map(each => themed(each, colour));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, themed(each, colour)]));
  return value;
}

function palette(element) {
  const probe = document.createElement('i');
  probe.hidden = true;
  element.append(probe);
  const known = new Map();
  const colour = name => {
    if (!known.has(name)) { probe.style.color = `var(${name})`; known.set(name, srgb(getComputedStyle(probe).color)); }
    return known.get(name);
  };
  return { colour, done: () => probe.remove() };
}

/** Plotly reads rgb() and hex only; color-mix() computes to color(srgb r g b / a). */
function srgb(text) {
  const parts = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(text);
  return parts ? `rgba(${parts.slice(1, 4).map(part => Math.round(part * 255)).join(',')},${parts[4] ?? 1})` : text;
}

function shiftTimes(figure) {
  for (const trace of figure.data) trace.x = trace.x.map(local);
  for (const shape of figure.layout.shapes) if (shape.xref === 'x') { shape.x0 = local(shape.x0); shape.x1 = local(shape.x1); }
  for (const note of figure.layout.annotations) if (note.xref === 'x') note.x = local(note.x);
  figure.layout.xaxis.range = figure.layout.xaxis.range.map(local);
  return figure;
}

function dressed(element, json, subject) {
  const { data, layout } = shiftTimes(JSON.parse(json));
  const axis = own => ({ gridcolor: '--line-soft', linecolor: '--line', zeroline: false, automargin: true, tickfont: { color: '--ink-3', size: 11 }, nticks: 5, ...own });
  const whole = {
    ...layout,
    xaxis: { ...axis(layout.xaxis), type: 'date', showgrid: false, nticks: element.clientWidth < 500 ? 4 : 8, hoverformat: '%a %e %b %H:%M',
      tickformatstops: [{ dtickrange: [null, 86399999], value: '%H:%M\n%e %b' }, { dtickrange: [86400000, null], value: '%e %b' }] },
    yaxis: axis({ ...layout.yaxis, fixedrange: true }),
    ...(layout.yaxis2 ? { yaxis2: axis({ ...layout.yaxis2, fixedrange: true }) } : {}),
    uirevision: subject,
    margin: { l: 8, r: 8, t: coarse ? 34 : 8, b: 8, pad: 4 },
    modebar: { bgcolor: 'transparent', color: '--ink-3', activecolor: '--ink' },
    paper_bgcolor: 'transparent', plot_bgcolor: 'transparent',
    font: { family: getComputedStyle(element).fontFamily, color: '--ink-2', size: 12 },
    hovermode: 'x unified', dragmode: coarse ? false : 'pan', bargap: 0.1,
    hoverlabel: { bgcolor: '--surface', bordercolor: '--line', font: { color: '--ink', size: 12 } },
    legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', font: { color: '--ink-2', size: 11 }, bgcolor: 'transparent' },
  };
  const { colour, done } = palette(element);
  try { return { data: themed(data, colour), layout: themed(whole, colour) }; }
  finally { done(); }
}

// A finger that drags scrolls the page; the buttons zoom and pan instead.
const coarse = matchMedia('(pointer: coarse)').matches;
const config = {
  displaylogo: false, responsive: false, scrollZoom: false, displayModeBar: coarse ? true : 'hover',
  modeBarButtons: [['pan2d', 'zoomIn2d', 'zoomOut2d', 'resetScale2d']],
};

export async function draw(element, url, json, subject) {
  const plotly = await load(url);
  let stopped = false;
  let shown, held; // the time window last given, and the one the reader chose instead of it
  const paint = async () => {
    if (stopped || !element.isConnected || !element.clientWidth) return;
    const { data, layout } = dressed(element, json, subject);
    shown = [...layout.xaxis.range];
    if (held) layout.xaxis.range = [...held];
    await plotly.react(element, data, layout, config);
  };
  await paint();
  element.on('plotly_relayout', () => {
    const range = element.layout.xaxis.range.map(utc);
    held = [0, 1].some(end => Math.abs(range[end] - shown[end]) > 0.01 * (shown[1] - shown[0])) ? range : undefined;
  });

  const sizes = new ResizeObserver(() => { if (!stopped) element.querySelector('.plot-container') ? plotly.Plots.resize(element) : paint(); });
  sizes.observe(element);
  const themes = new MutationObserver(paint);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', paint);

  return {
    async update(next, about) { if (about !== subject) held = undefined; json = next; subject = about; await paint(); },
    stop() {
      stopped = true;
      sizes.disconnect();
      themes.disconnect();
      scheme.removeEventListener('change', paint);
      plotly.purge(element);
    },
  };
}

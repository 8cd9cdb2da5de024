// Draws the charts of the HTML report. Everything it shows stands in the page: a Vega-Lite specification for each
// element with a `data-chart` name, in one JSON element. Colours are CSS variables, which SVG resolves by itself, so that
// light, dark and print need no second drawing.
import {View, parse} from 'vega';
import {expressionInterpreter} from 'vega-interpreter';
import {compile} from 'vega-lite';

const narrow = 480;

function themeFor(width) {
  const font = getComputedStyle(document.body).fontFamily;
  const text = {labelColor: 'var(--ink)', titleColor: 'var(--quiet)', labelFont: font, titleFont: font};
  return {
    background: null,
    font,
    padding: 2,
    view: {stroke: null},
    axis: {
      ...text,
      domainColor: 'var(--line)',
      gridColor: 'var(--grid)',
      tickColor: 'var(--line)',
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      titlePadding: 8,
      labelPadding: 5,
    },
    axisX: {tickCount: width < narrow ? 4 : 8, labelOverlap: true},
    axisY: {labelLimit: Math.max(90, Math.min(300, width * 0.36)), tickCount: 5},
    legend: {...text, title: null, orient: 'top', labelFontSize: 12, symbolStrokeWidth: 3, offset: 6},
    text: {color: 'var(--ink)', font},
  };
}

/// A box beside the pointer. Only text goes in.
const tip = document.createElement('div');
tip.className = 'tip';
tip.hidden = true;
document.body.append(tip);

function showTip(_handler, event, _item, value) {
  tip.hidden = value === null || value === undefined || value === '';
  if (tip.hidden) {
    return;
  }
  tip.replaceChildren();
  const rows = typeof value === 'object' ? Object.entries(value) : [['', String(value)]];
  for (const [name, text] of rows) {
    const line = document.createElement('div');
    const label = document.createElement('span');
    label.textContent = name;
    line.append(label, String(text));
    tip.append(line);
  }
  const room = document.documentElement;
  const left = Math.min(event.clientX + 14, room.clientWidth - tip.offsetWidth - 8);
  const below = event.clientY + 16;
  const top = below + tip.offsetHeight > room.clientHeight ? event.clientY - tip.offsetHeight - 10 : below;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}

async function draw(place, spec) {
  const width = place.clientWidth;
  place.replaceChildren();
  const {spec: grammar} = compile(spec, {config: themeFor(width)});
  const view = new View(parse(grammar, null, {ast: true}), {
    expr: expressionInterpreter,
    renderer: 'svg',
    container: place,
    tooltip: showTip,
  });
  await view.runAsync();
}

async function drawAll() {
  const charts = JSON.parse(document.getElementById('charts').textContent);
  for (const place of document.querySelectorAll('[data-chart]')) {
    try {
      await draw(place, charts[place.dataset.chart]);
      place.dataset.drawn = 'yes';
    } catch (error) {
      place.textContent = `This chart could not be drawn (${error.message}); its numbers stand in the table.`;
      console.error(error);
    }
  }
  document.documentElement.dataset.charts = 'drawn';
}

drawAll();

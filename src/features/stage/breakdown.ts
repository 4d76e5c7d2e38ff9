import { asSum, hasBaseline, type Terms } from '../../draw/terms';
import { asSummand, inUnits, printedSum } from '../../words/numbers';
import './breakdown.css';

/** What a prediction at a cell is made of. */
export interface Breakdown {
  /** Whose, and of what. */
  readonly where: string;
  readonly user: Float64Array;
  readonly item: Float64Array;
  readonly terms: Terms;
}

/** Factors of which the product is printed one by one: those that weigh most. */
const mostPrinted = 3;

/** 'U·P = 0.412 = 0.310 (3rd) …': the products that weigh most, and all others as one; they add up as printed. */
export function productWords(user: Float64Array, item: Float64Array): string {
  const products = [...user].map((value, f) => ({ f, product: value * item[f] }));
  const ordered = products.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const [first, rest] = [ordered.slice(0, mostPrinted), ordered.slice(mostPrinted)];
  const others = rest.reduce((sum, { product }) => sum + product, 0);
  const { terms, sum } = printedSum([
    ...first.map(({ product }) => product),
    ...(rest.length > 0 ? [others] : []),
  ]);
  const names = [...first.map(({ f }) => `factor ${f + 1}`), `${rest.length} others`];
  const words = terms.map((term, i) => `${i === 0 ? term : asSummand(term)} (${names[i]})`);
  return `U·P = ${sum} = ${words.join(' ')}`;
}

/** 'r̂ = μ 3.50 + b_x 0.20 − b_y 0.10 + U·P 0.01 = 3.61' */
export function sumWords(terms: Terms): string {
  const { mean, userBias, itemBias, product, prediction } = terms;
  if (!hasBaseline(terms)) return `r̂ = U·P = ${inUnits(prediction)}`;
  const printed = printedSum([mean, userBias, itemBias, product]);
  return `r̂ = μ + bₓ + bᵧ + U·P = ${asSum(printed.terms)} = ${printed.sum}`;
}

/** Shows what a prediction is made of, factor by factor: the row of the user, that of the item, and their product. */
export function showBreakdown(host: HTMLElement, { where, user, item, terms }: Breakdown): void {
  const products = user.map((value, f) => value * item[f]);
  host.replaceChildren(
    line(where),
    barsOf('U', 'row of the user', user),
    barsOf('P', 'row of the item', item),
    barsOf('U × P', 'factor by factor', products),
    line(productWords(user, item)),
    line(sumWords(terms)),
  );
  host.hidden = false;
}

function line(words: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.textContent = words;
  return paragraph;
}

/** Bars up and down from a line in the middle, the longest as high as there is room, with what it comes to. */
function barsOf(name: string, title: string, values: Float64Array): HTMLElement {
  const reach = Math.max(1e-12, ...values.map(Math.abs));
  const path = [...values].map((value, f) => `M${f + 0.1} 0h.8v${-value / reach}h-.8z`).join('');
  const row = document.createElement('div');
  row.className = 'breakdown-bars';
  row.title = title;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 -1 ${values.length} 2`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const bars = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  bars.setAttribute('d', `${path}M0 0h${values.length}`);
  svg.append(bars);
  row.append(line(name), svg, line(`±${inUnits(reach)}`));
  return row;
}

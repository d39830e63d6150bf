import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barChart, type Chart, legend, lineChart, rowChart } from './charts.ts';
import { figure, withInterval } from './markdown.ts';
import { escapeMarkup } from './markup.ts';

function chart(values: readonly number[][], ranges?: { low: number; high: number }[]): Chart {
  return {
    title: 'Title',
    unit: 'unit',
    axis: 'axis',
    categories: values[0].map((_, n) => `c${n}`),
    series: values.map((one, n) => ({ name: `s${n}`, values: one, ...(ranges === undefined ? {} : { ranges }) })),
  };
}

/** All numbers of an attribute, in the whole chart. */
function numbers(svg: string, attribute: string): number[] {
  return [...svg.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(([, value]) => Number(value));
}

describe('a chart', () => {
  test('of lines has one point per value, at proportional heights, with error bars', () => {
    const svg = lineChart(
      chart(
        [[0, 0.25, 0.5]],
        [
          { low: 0, high: 0.1 },
          { low: 0.2, high: 0.3 },
          { low: 0.4, high: 0.5 },
        ],
      ),
    );
    const heights = numbers(svg, 'cy');
    expect(heights).toHaveLength(3);
    // The axis runs from 0 at the bottom, 294, to 0.5 at the top, 12.
    expect(heights).toEqual([294, 153, 12]);
    expect(numbers(svg, 'y2').slice(-3)).toEqual([237.6, 124.8, 12]);
  });

  test('of bars has one bar per value, of proportional length', () => {
    expect(
      numbers(
        barChart(
          chart([
            [1, 0.5],
            [0.25, 0],
          ]),
        ),
        'height',
      ),
    ).toEqual([282, 141, 70.5, 0]);
    const widths = numbers(rowChart(chart([[0.1, 0.2]])), 'width');
    expect(widths).toEqual([307, 614]);
  });

  test('stays within its frame for all values', () => {
    const values = fc.array(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(values, (all) => {
        for (const svg of [lineChart(chart(all)), barChart(chart(all)), rowChart(chart(all))]) {
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
          for (const value of [...numbers(svg, 'cy'), ...numbers(svg, 'y')]) expect(value).toBeGreaterThanOrEqual(0);
          for (const value of [...numbers(svg, 'height'), ...numbers(svg, 'width')]) expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('shows names literally', () => {
    const hostile = {
      ...chart([[1]]),
      title: '"><script>',
      axis: '<b>',
      categories: ['</text>'],
      series: [{ name: `'"<&>`, values: [1] }],
    };
    for (const markup of [lineChart(hostile), barChart(hostile), rowChart(hostile), legend(hostile.series)]) {
      expect(markup).not.toMatch(/<script|<b>|<&|"><s/);
      expect(markup.match(/<text/g)?.length).toBe(markup.match(/<\/text>/g)?.length);
    }
    expect(escapeMarkup(`<a href="x" title='y'>&amp;</a>`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;');
  });
});

test('a figure has four decimals and is never rounded up', () => {
  expect(['0.12345', '0.99999', '0.3', '-0.00001', '0'].map((text) => figure(Number(text)))).toEqual([
    '0.1234',
    '0.9999',
    '0.3000',
    '-0.0001',
    '0.0000',
  ]);
  expect(withInterval({ mean: 0.5, low: 0.45678, high: 0.6 })).toBe('0.5000 (0.4567 to 0.6000)');
});

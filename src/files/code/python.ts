import { runWords } from '../../settings/history';
import { grouped } from '../../words/numbers';
import type { CodeWanted, Library } from './library';

/** A number as Python reads it, to so many digits as a setting has. */
export const number = (value: number): string => String(Number(value.toPrecision(6)));

/** Lines of a comment. */
const comment = (lines: readonly string[]): string => lines.map((line) => `# ${line}`.trimEnd()).join('\n');

/**
 * How every program begins: what it is of, what is otherwise in that library, and the ratings, divided by the share that
 * is held out.
 *
 * @param differences where the library does otherwise than the run did
 */
export function beginning(
  { name, packages }: Library,
  { name: run, config, steps, ratings }: CodeWanted,
  differences: readonly string[],
): string {
  const { userCount, itemCount, ratingCount } = ratings;
  return `${comment([
    `${run} of Factorscope, in the words of ${name}.`,
    `${plain(ratings.name)}: ${grouped(userCount)} × ${grouped(itemCount)}, ${grouped(ratingCount)} ratings`,
    runWords({ config, changes: [] }, { step: steps, observations: 0 }),
    '',
    ...['What is otherwise here:', ...differences, 'Which ratings are held out, and the first guess.'].map(
      (line, i) => (i === 0 ? line : `- ${line}`),
    ),
    '',
    `pip install ${packages}`,
    'python this.py ratings.csv   # its first three columns: user, item, rating',
  ])}
import sys

import pandas as pd

path = sys.argv[1] if len(sys.argv) > 1 else 'ratings.csv'
ratings = pd.read_csv(path, usecols=[0, 1, 2]).set_axis(['user', 'item', 'rating'], axis=1)
test = ratings.sample(frac=${number(config.holdOutShare)}, random_state=${config.seed})
train = ratings.drop(test.index)
test = test if len(test) else train
`;
}

/** A name of a file cannot end a comment. */
const plain = (text: string): string => text.replace(/[\s\p{C}]+/gu, ' ');

/** λ of rows weighted by their ratings that stands for a plain one, and the other way round. */
export function lambdaFor(
  { config: { lambda, regularisation }, ratings }: CodeWanted,
  wanted: 'plain' | 'weighted',
): number {
  if (regularisation === wanted) return lambda;
  const { userCount, itemCount, ratingCount } = ratings;
  const trained = ratingCount / Math.sqrt(userCount * itemCount);
  return wanted === 'plain' ? lambda * trained : lambda / trained;
}

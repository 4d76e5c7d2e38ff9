import { damping } from '../../kernels/baseline';
import { usualAlpha } from '../../methods/config';
import { starUnit } from '../../methods/rating-unit';
import type { CodeWanted, Library } from './library';
import { beginning, lambdaFor, number } from './python';

/** Spark's ALS, which has all three of ours; what a baseline leaves is made before it. */
export const spark: Library = {
  id: 'spark',
  name: 'Spark',
  packages: 'pyspark pandas',
  methods: ['als', 'non-negative-als', 'implicit-als'],
  codeOf(wanted) {
    const { config, steps } = wanted;
    const isImplicit = config.method === 'implicit-als';
    return `${beginning(this, wanted, differencesOf(wanted))}
from pyspark.ml.recommendation import ALS
from pyspark.sql import SparkSession

# Spark's ids are whole numbers.
for side in ('user', 'item'):
    codes = {name: code for code, name in enumerate(train[side].unique())}
    train, test = (part.assign(**{side: part[side].map(codes)}).dropna() for part in (train, test))
    train[side], test[side] = train[side].astype(int), test[side].astype(int)
${baselineOf(wanted)}
spark = SparkSession.builder.getOrCreate()
als = ALS(
    rank=${config.rank}, maxIter=${steps}, regParam=${number(regularisationOf(wanted))}, seed=${config.seed},
    nonnegative=${config.method === 'non-negative-als' ? 'True' : 'False'}, implicitPrefs=${isImplicit ? 'True' : 'False'}${isImplicit ? `, alpha=${number(alphaOf(wanted))}` : ''},
    userCol='user', itemCol='item', ratingCol='rest', coldStartStrategy='nan',
)
model = als.fit(spark.createDataFrame(train.assign(rest=train.rating - baseline(train))))
${isImplicit ? ranked : predictedOn(wanted)}`;
  },
};

function differencesOf({ config, counting }: CodeWanted): string[] {
  return [
    ...(counting.cold === 'drop' ? [] : ['Who is not in the training ratings is left out.']),
    ...(config.regularisation === 'plain'
      ? ['λ is weighted by the ratings of a row: about as much in all.']
      : []),
    ...(config.baseline === 'none'
      ? []
      : ['Spark has no baseline: it is taken off before, and added after.']),
  ];
}

const alphaOf = ({ config, ratings }: CodeWanted): number =>
  (config.alpha ?? usualAlpha) / starUnit(ratings.scale);

/** Preferences have no unit, so that λ of them is told in stars. */
const regularisationOf = (wanted: CodeWanted): number =>
  lambdaFor(wanted, 'weighted') /
  (wanted.config.method === 'implicit-als' ? starUnit(wanted.ratings.scale) : 1);

/** What is taken off the ratings, and added to what is predicted. */
function baselineOf({ config: { baseline } }: CodeWanted): string {
  if (baseline === 'none')
    return `

def baseline(rows):
    return 0.0

`;
  const mean = `
mean = train.rating.mean()`;
  if (baseline === 'mean')
    return `${mean}


def baseline(rows):
    return mean

`;
  return `${mean}
rest = train.rating - mean
item_bias = rest.groupby(train.item).sum() / (train.groupby('item').size() + ${damping})
rest -= train.item.map(item_bias)
user_bias = rest.groupby(train.user).sum() / (train.groupby('user').size() + ${damping})


def baseline(rows):
    return mean + rows.user.map(user_bias) + rows.item.map(item_bias)

`;
}

const predictedOn = ({
  counting,
  ratings: { scale },
}: CodeWanted) => `said = model.transform(spark.createDataFrame(test)).toPandas()
predicted = baseline(said) + said.prediction.fillna(0)
error = said.rating - predicted${counting.clip ? `.clip(${number(scale.min)}, ${number(scale.max)})` : ''}
print('RMSE', (error**2).mean() ** 0.5)
print('MAE', error.abs().mean())
`;

const ranked = `liked = test[test.rating >= test.rating.quantile(0.5)]
top = model.recommendForUserSubset(spark.createDataFrame(liked[['user']].drop_duplicates()), 100).toPandas()
known, wanted = (part.groupby('user').item.agg(set) for part in (train, liked))
recall = [
    len({y for y in [one['item'] for one in row.recommendations if one['item'] not in known[row.user]][:10]} & wanted[row.user])
    / min(10, len(wanted[row.user]))
    for row in top.itertuples()
]
# Of the 100 best, those that were learnt from are left out: who has rated nearly all of these gets fewer than 10.
print('recall@10', sum(recall) / len(recall))
`;

import { usualAlpha } from '../../methods/config';
import { starUnit } from '../../methods/rating-unit';
import type { Library } from './library';
import { beginning, lambdaFor, number } from './python';

/** Ben Frederickson's implicit: ALS of what people choose. Its confidence is what is given, ours 1 + α · stars. */
export const implicit: Library = {
  id: 'implicit',
  name: 'implicit',
  packages: 'implicit pandas',
  methods: ['implicit-als'],
  codeOf(wanted) {
    const { config, steps, ratings } = wanted;
    const star = starUnit(ratings.scale);
    const alpha = (config.alpha ?? usualAlpha) / star;
    return `${beginning(this, wanted, [
      ...(config.regularisation === 'weighted' ? ['λ is the same for every row: about as much in all.'] : []),
      'Ratings of 0 or below are left out: they are not preferred.',
    ])}
from implicit.als import AlternatingLeastSquares
from implicit.evaluation import ndcg_at_k, precision_at_k
from scipy.sparse import csr_matrix

users, items = (pd.Index(ratings[side].unique()) for side in ('user', 'item'))


def matrix(rows, values):
    where = users.get_indexer(rows.user), items.get_indexer(rows['item'])
    return csr_matrix((values.astype('float32'), where), shape=(len(users), len(items)))


train, test = train[train.rating > 0], test[test.rating > 0]
confidence = matrix(train, 1 + ${number(alpha)} * train.rating)
model = AlternatingLeastSquares(
    factors=${config.rank}, iterations=${steps}, regularization=${number(lambdaFor(wanted, 'plain') / star)},
    alpha=1.0, use_gpu=False, random_state=${config.seed},
)
model.fit(confidence)
liked = test[test.rating >= test.rating.quantile(0.5)]
wanted = matrix(liked, liked.rating)
print('NDCG@10', ndcg_at_k(model, confidence, wanted, K=10))
print('precision@10', precision_at_k(model, confidence, wanted, K=10))
`;
  },
};

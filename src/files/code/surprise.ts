import { stepsOn } from '../../methods/rating-unit';
import { schedules, usualSteps } from '../../methods/schedules';
import { asPredicted } from '../../metrics/tally';
import { scaleSpan } from '../../ratings/rating-set';
import type { Library } from './library';
import { beginning, number } from './python';

/** Surprise's SVD is B-SGD: the same steps, on ratings as they are. */
export const surprise: Library = {
  id: 'surprise',
  name: 'Surprise',
  packages: 'scikit-surprise pandas',
  methods: ['sgd'],
  codeOf(wanted) {
    const { config, steps, ratings, counting } = wanted;
    const { rank, learningRate, lambda, initialNoise, seed } = config;
    const its = { ...usualSteps, ...config };
    const of = stepsOn(ratings.scale, 1, {
      ...{ learningRate, factorRate: learningRate * its.factorRateTimes },
      ...{ lambda, biasLambda: lambda * its.biasLambdaTimes },
    });
    const spread = Math.sqrt((initialNoise * scaleSpan(ratings.scale)) / Math.sqrt(rank));
    const { min, max } = ratings.scale;
    return `${beginning(this, wanted, [
      'Ratings are visited in their own order, the same in every epoch.',
      ...(its.schedule === 'constant'
        ? []
        : [`γ stays as it is: it cannot go ${schedules[its.schedule].words(its)}.`]),
      ...(config.initial === 'normal' ? [] : ['Factors start normal, not all-positive.']),
      ...(counting.cold === asPredicted.cold || counting.cold === 'drop'
        ? []
        : ['Who is not in the training ratings is predicted by the biases that are known.']),
    ])}
from surprise import SVD, Dataset, Reader, accuracy

reader = Reader(rating_scale=(${number(min)}, ${number(max)}))
trainset = Dataset.load_from_df(train, reader).build_full_trainset()
model = SVD(
    n_factors=${rank}, n_epochs=${steps}, init_std_dev=${number(spread)}, random_state=${seed},
    lr_bu=${number(of.learningRate)}, lr_bi=${number(of.learningRate)}, reg_bu=${number(of.lambda)}, reg_bi=${number(of.lambda)},
    lr_pu=${number(of.factorRate)}, lr_qi=${number(of.factorRate)}, reg_pu=${number(of.factorLambda)}, reg_qi=${number(of.factorLambda)},
)
model.fit(trainset)
${counting.cold === 'drop' ? onlyKnown : ''}# As in Factorscope, what is predicted is ${counting.clip ? '' : 'not '}clipped to the scale.
said = [model.predict(*row, clip=${counting.clip ? 'True' : 'False'}) for row in test.itertuples(index=False, name=None)]
accuracy.rmse(said)
accuracy.mae(said)
`;
  },
};

const onlyKnown = `# As in Factorscope, who is not in the training ratings is left out.
test = test[test.user.isin(train.user) & test.item.isin(train.item)]
`;

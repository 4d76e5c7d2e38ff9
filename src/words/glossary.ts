/** A word that the page uses, and what it means. */
export interface Term {
  readonly id: string;
  readonly name: string;
  /** What it is called elsewhere: labels of settings, and columns of tables. */
  readonly also?: readonly string[];
  /** Its formula, as TeX. */
  readonly tex?: string;
  readonly words: string;
}

/** Every term there is, from the data to what is made of them. This is the only list of them. */
export const glossary: readonly Term[] = [
  {
    ...{ id: 'ratings', name: 'Ratings matrix', tex: 'R \\in \\mathbb{R}^{m \\times n}' },
    words:
      'A row for every user, a column for every item; a cell is what the user gave the item, if anything.',
  },
  {
    ...{
      id: 'picture',
      name: 'Made-up shop',
      also: ['Picture', 'Size', 'Picture seed', 'True rank', 'Noise'],
    },
    words:
      'Users and items that we make up, so that their ratings, from 0 to 255, are the pixels of a picture: what a method has learnt can then be seen.',
  },
  {
    ...{ id: 'factors', name: 'Factors', tex: 'R \\approx U P^{\\mathsf{T}}' },
    words:
      'A few numbers for every user (the rows of U) and every item (the rows of P), whose products come near the ratings.',
  },
  {
    ...{ id: 'rank', name: 'Rank', also: ['True rank'], tex: 'k' },
    words: 'How many factors every user and item has. More of them draw finer detail, and overfit sooner.',
  },
  {
    ...{ id: 'prediction', name: 'Prediction', tex: '\\hat r_{xy} = \\mu + b_x + b_y + U_x \\cdot P_y' },
    words: 'What a model says of user x and item y: the mean, both biases, and the product of their factors.',
  },
  {
    ...{ id: 'bias', name: 'Bias', also: ['γ of biases', 'ALS baseline', 'Baseline'], tex: 'b_x,\\; b_y' },
    words: 'How far a user, or an item, is above the mean of all ratings.',
  },
  {
    ...{ id: 'als', name: 'ALS', also: ['ALS iterations', 'ALS refit', 'λ of ALS', 'ALS starts'] },
    tex: 'U_x = (P^{\\mathsf{T}} P + \\lambda I)^{-1} P^{\\mathsf{T}} r_x',
    words:
      'Alternating least squares: all users are solved exactly while the items stand still, then all items. Both halves are an iteration.',
  },
  {
    ...{
      id: 'nals',
      name: 'Non-negative ALS',
      tex: '\\min_{U_x \\ge 0} \\lVert r_x - P U_x \\rVert^2 + \\lambda \\lVert U_x \\rVert^2',
    },
    words: 'ALS whose factors are never below zero: they add up, and cannot cancel one another out.',
  },
  {
    ...{ id: 'sgd', name: 'B-SGD', also: ['B-SGD epochs', 'B-SGD starts'] },
    tex: '\\varepsilon = r - \\hat r,\\quad U_x \\leftarrow U_x + \\gamma\\,(\\varepsilon P_y - \\lambda U_x)',
    words:
      'Stochastic gradient descent with biases: after every single rating, one user and one item are moved a little along the error. All ratings once are an epoch.',
  },
  {
    ...{ id: 'lambda', name: 'Lambda', also: ['λ per rating', 'λ of ALS', 'λ counts'] },
    tex: '\\sum \\varepsilon^2 + \\lambda \\left( \\lVert U \\rVert^2 + \\lVert P \\rVert^2 \\right)',
    words:
      'λ, the price of large factors. Plain, it counts once for every row; weighted, once for every rating of the row (ALS-WR).',
  },
  {
    ...{
      id: 'gamma',
      name: 'Learning rate',
      also: ['γ of biases', 'γ of factors', 'γ decay', 'Mini-batch step'],
      tex: '\\gamma',
    },
    words: 'How far B-SGD moves after each rating. Too far, and it jitters, then diverges.',
  },
  {
    ...{ id: 'rmse', name: 'RMSE', tex: '\\sqrt{\\tfrac{1}{n} \\sum \\varepsilon^2}' },
    words: 'Root mean square error, in the units of the ratings: large errors count more.',
  },
  {
    ...{ id: 'mae', name: 'MAE', tex: '\\tfrac{1}{n} \\sum \\lvert \\varepsilon \\rvert' },
    words: 'Mean absolute error, in the units of the ratings: every error counts as it is.',
  },
  {
    ...{ id: 'floor', name: 'Floor', tex: '\\sqrt{\\tfrac{1}{mn} \\sum_{i > k} \\sigma_i^2}' },
    words:
      'The least RMSE of any model of this rank without biases, by the singular values σ of a complete matrix. Biases are worth up to two ranks more, so B-SGD can end a little below it.',
  },
  {
    ...{ id: 'mean', name: 'Mean predictor', tex: '\\hat r = \\mu' },
    words: 'Says the mean of all ratings of everything: who is not better has learnt nothing.',
  },
  {
    ...{ id: 'hold-out', name: 'Hold-out', also: ['Held out', 'Validation'] },
    words:
      'Known ratings that training never sees. The error on them, the validation error, says how well others are guessed.',
  },
  {
    ...{ id: 'hidden', name: 'Hidden cells', also: ['Known ratings', 'Hidden'] },
    words: 'Cells of a picture whose rating we know and no method was shown.',
  },
  {
    ...{ id: 'operations', name: 'Operations' },
    words: 'Floating-point operations, counted by formula: the cost that does not depend on the machine.',
  },
  {
    ...{ id: 'prequential', name: 'Prequential error', also: ['Prequential', 'Preq.'] },
    words:
      'Of a stream: every batch is predicted before it is learnt, and the error is that of these predictions.',
  },
  {
    ...{
      id: 'fold-in',
      name: 'Fold-in',
      tex: 'U_x = (P_x^{\\mathsf{T}} P_x + n_x \\lambda I)^{-1} P_x^{\\mathsf{T}} r_x',
    },
    words: 'Solves anew only those users and items that a batch brings ratings of; all others stay.',
  },
  {
    ...{ id: 'refit', name: 'Refit', also: ['Refit every', 'ALS refit'] },
    words: 'Fits ALS again to all that has arrived. Between two refits it does not know the last ratings.',
  },
  {
    ...{
      id: 'mini-batch',
      name: 'Mini-batch B-SGD',
      also: ['Mini-batch passes', 'Batch size', 'Mini-batch step'],
    },
    words: 'B-SGD that sums what the ratings of a batch ask of a row, and takes one step for them all.',
  },
  {
    ...{ id: 'cold', name: 'Cold', also: ['Cold pairs', 'Known'] },
    words:
      'Of a user or an item of whom nothing has been learnt yet: something else has to stand for a prediction.',
  },
  {
    ...{ id: 'drift', name: 'Drift', also: ['Users who turn', 'Turn after'] },
    words: 'Tastes that change on the way: from a moment on some users rate the other way round.',
  },
  {
    ...{ id: 'post', name: 'The post', also: ['Spark’s code', 'Defects of Spark’s code'] },
    words:
      'A blog post, “A streaming ALS implementation”, whose race of ALS and B-SGD on a picture, and whose Spark code for streams, are what this page began with.',
  },
];

/** The term that something on the page is called by; undefined where it has none. */
export const termOf = (label: string): Term | undefined =>
  glossary.find(({ name }) => name === label) ?? glossary.find(({ also }) => also?.includes(label));

import type { SettingName } from './race';

const start = 'Small normal numbers around zero, or all-positive uniform ones.';

/** What each setting of the race does, as its tooltip has it: nobody asks for that before the first picture is there. */
export const raceWords: Readonly<Partial<Record<SettingName, string>>> = {
  holdOut:
    'Which ratings training never sees. At random; the latest of all by time (one cut, as if today were then); the last of every user; or those of a test file. By time is the harder test, and nearer to real use.',
  regularisation:
    'Plain: λ(‖U‖² + ‖P‖²). Weighted: λ times the number of ratings of each row (ALS-WR; what Spark does). B-SGD is always weighted.',
  baseline: 'What is subtracted before ALS: without one, ALS predicts 0 for whatever it never saw.',
  alsInitial: start,
  sgdInitial: start,
  size: 'Users and products: n × n.',
  pictureRank: 'The rank of the matrix: with as many factors it can be learnt exactly, but for rounding.',
  pictureSeed: 'Draws the same picture with other hills, folds and phases.',
  knownShare:
    'Share of the cells whose rating is known. With gaps the picture has to be guessed from what the rows and columns have in common; errors are told on the hidden cells.',
  noise: 'Standard deviation of what is added to every rating, in rating units: what no model can learn.',
  holdOutShare:
    'Share of the known ratings that training never sees. Errors on it are what counts; those on what was learnt from stand beside them.',
  rank: 'k, the number of factors of every user and item. More factors draw finer detail, and overfit sooner where little is known. Restarts all runs.',
  lambda:
    'λ, the price of large factors. More of it flattens the picture towards its mean and calms cells that are hardly known. Applies from the next step, marked on the chart.',
  learningRate:
    'γ, how far B-SGD moves after each rating. Larger learns faster, then jitters, then diverges. Applies from the next observation. It counts as on ratings in stars, however large the scale is.',
  alpha:
    'α of implicit ALS: a rating of so many stars makes it 1 + α · stars times as sure as a missing one is. More of it heeds what was rated, less of it what was not.',
  schedule:
    'Whether γ of B-SGD stays as it is set, or goes down from epoch to epoch: small steps at the end settle what large ones keep shaking.',
  rateLoss:
    'Every epoch, or every so many, γ is so much less of itself; as 1/t, it is γ divided by 1 + this times the epochs done.',
  factorRateTimes: 'Factors of B-SGD move by so many times the γ of the biases; at 0 only biases are learnt.',
  biasLambdaTimes: 'Biases of B-SGD are held down by so many times the λ of the factors; at 0 not at all.',
  initialNoise: 'How far the first guess scatters, as a share of the rating span.',
  seed: 'Everything random comes from it: same seed, same bits. Restarts all runs.',
  iterations: 'Where ALS stops. One iteration solves all users, then all items.',
  epochs: 'Where B-SGD stops. One epoch visits every training rating once.',
  stopAfter:
    'A run stops once so many iterations or epochs have not improved its error on what is kept from training; at 0 none stops before its end.',
  stopBelow:
    'By how much of itself the error has to fall for a step to count as an improvement. Rising by more is called overfitting where the training error falls.',
  speed:
    'Ratings that each method touches per frame, or, in slow motion, per second. B-SGD learns them one by one; ALS makes a half-sweep whenever it has been given enough for one, and at least one a second.',
  workers:
    'Workers per method, helping with large data. How many there are changes how long a step takes, never a bit of its result.',
  budget:
    'How much of each run is kept to look back at. Where it is not enough, frames are thinned out evenly; any that is missing can be computed again. Counts from the next run on.',
};

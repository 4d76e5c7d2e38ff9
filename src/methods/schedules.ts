/** How γ goes down, epoch by epoch: within an epoch it stays, so that pieces of an epoch can be learnt in any number. */
interface Schedule {
  readonly name: string;
  /** As it is told after γ: 'γ 0.02, 10 % less every epoch'. */
  words(steps: SgdSteps): string;
  /** What γ is multiplied by once so many whole epochs are done. */
  of(epochs: number, steps: SgdSteps): number;
}

/** Settings of B-SGD beside γ and λ. */
export interface SgdSteps {
  readonly schedule: ScheduleId;
  /** d, what γ loses, as a share of itself, 0…0.9. */
  readonly rateLoss: number;
  /** Epochs from one step of γ to the next. */
  readonly rateEvery: number;
  /** γ of the factors as a multiple of that of the biases. */
  readonly factorRateTimes: number;
  /** λ of the biases as a multiple of that of the factors. */
  readonly biasLambdaTimes: number;
}

/** What stands where a run does not say it: γ stays, and biases and factors are alike. */
export const usualSteps: SgdSteps = {
  schedule: 'constant',
  rateLoss: 0.1,
  rateEvery: 10,
  factorRateTimes: 1,
  biasLambdaTimes: 1,
};

const inPercent = ({ rateLoss }: SgdSteps) => `${Number((100 * rateLoss).toPrecision(3))} %`;

/** Every schedule there is. */
export const schedules = {
  constant: { name: 'constant', words: () => '', of: () => 1 },
  epoch: {
    name: 'less every epoch',
    words: (steps) => `${inPercent(steps)} less every epoch`,
    of: (epochs, { rateLoss }) => (1 - rateLoss) ** epochs,
  },
  step: {
    name: 'less in steps',
    words: (steps) => `${inPercent(steps)} less every ${steps.rateEvery} epochs`,
    of: (epochs, { rateLoss, rateEvery }) => (1 - rateLoss) ** Math.floor(epochs / rateEvery),
  },
  inverse: {
    name: 'as 1/t',
    words: ({ rateLoss }) => `÷ (1 + ${rateLoss} · epochs)`,
    of: (epochs, { rateLoss }) => 1 / (1 + rateLoss * epochs),
  },
} as const satisfies Record<string, Schedule>;
export type ScheduleId = 'constant' | 'epoch' | 'step' | 'inverse';

/** γ of the biases in an epoch, of which so many came before. */
export const rateIn = (epoch: number, learningRate: number, steps: SgdSteps): number =>
  learningRate * schedules[steps.schedule].of(epoch, steps);

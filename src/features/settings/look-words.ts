import type { LinkedLooks } from '../../state/looks';

/** What each of the looks does, as its tooltip has it: nobody asks for that before the first picture is there. */
export const lookWords: Readonly<Partial<Record<keyof LinkedLooks, string>>> = {
  clip: 'A prediction beyond the scale of the ratings counts as the end of the scale. Only the errors are told otherwise, not what is learnt.',
  cold: 'What stands for a prediction where the user or the item has no training rating; or whether such ratings count at all. Only the errors are told otherwise.',
  listSize:
    'How many items are recommended to each user, of all that the user has not rated in training; of a stream, in what has arrived.',
  likedFrom: 'Which held-out ratings count as liked, by where they are on the scale.',
  judgedUsers:
    'Of more users than this who like something of what was held out, so many are drawn by the seed, the same for all.',
};

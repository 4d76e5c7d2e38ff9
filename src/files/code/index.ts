import { implicit } from './implicit';
import type { Library } from './library';
import { spark } from './spark';
import { surprise } from './surprise';

/** Libraries that runs can be written for. This is the only list of them. */
export const libraries: readonly Library[] = [spark, surprise, implicit];

import { transfer } from 'comlink';
import { plainRows } from '../ratings/formats/plain-rows';
import { inPieces } from '../ratings/formats/read-files';
import { turnOver } from '../ratings/gather';
import { letGo } from '../ratings/let-go';
import { placesBy } from '../ratings/sorted-by';
import { breather } from './breather';
import type { HelperApi } from './protocol';
import { serve } from './serve';

const breathe = breather();

serve<HelperApi>({
  read(bytes, form) {
    const read = plainRows(bytes, form);
    const { users, items, values, times } = read;
    return transfer(
      read,
      [users, items, values, times].map(({ buffer }) => buffer as ArrayBuffer),
    );
  },
  places(keys) {
    const places = placesBy(keys);
    letGo([keys]);
    return transfer(places, [places.buffer as ArrayBuffer]);
  },
  turnOver: (lines, turned) => inPieces(turnOver(lines, turned), breathe),
});

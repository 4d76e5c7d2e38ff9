import type { Snapshot } from '../methods/snapshot';
import { averagingOver } from './lens';
import type { Scene } from './scene';

/**
 * Predictions of a snapshot for every pixel of a scene, rating units. Keeps its buffers between frames: one per
 * pane, used by one caller at a time; what it returns is overwritten by the next call.
 */
export function predictionBuffer(scene: Scene) {
  const overUsers = averagingOver(scene.lens.users);
  const overItems = averagingOver(scene.lens.items);
  const values = new Float32Array(scene.height * scene.width);
  const sampled = new Uint32Array(values.length);
  const userBias = new Float32Array(scene.height);
  const itemBias = new Float32Array(scene.width);
  let userRows = new Float32Array(0);
  let itemRows = new Float32Array(0);
  let itemColumns = new Float32Array(0);

  let prepared: Snapshot | null = null;

  function prepare(snapshot: Snapshot) {
    if (prepared === snapshot) return;
    prepared = snapshot;
    const { rank } = snapshot;
    if (userRows.length !== scene.height * rank) {
      userRows = new Float32Array(scene.height * rank);
      itemRows = new Float32Array(scene.width * rank);
      itemColumns = new Float32Array(scene.width * rank);
    }
    overUsers(snapshot.userFactors, rank, userRows);
    overItems(snapshot.itemFactors, rank, itemRows);
    overUsers(snapshot.userBias, 1, userBias);
    overItems(snapshot.itemBias, 1, itemBias);
    // Item factors by factor, so that the inner loop below runs along rows of pixels.
    for (let y = 0; y < scene.width; y++)
      for (let f = 0; f < rank; f++) itemColumns[f * scene.width + y] = itemRows[y * rank + f];
  }

  return {
    /** μ + b_x + b_y + U_x·P_y of every pixel, height × width. */
    predict(snapshot: Snapshot): Float32Array {
      prepare(snapshot);
      const { width, height } = scene;
      for (let x = 0; x < height; x++) {
        const row = values.subarray(x * width, (x + 1) * width);
        const base = snapshot.mean + userBias[x];
        for (let y = 0; y < width; y++) row[y] = base + itemBias[y];
        addProducts(row, userRows, x * snapshot.rank, itemColumns, snapshot.rank);
      }
      return values;
    },
    /** Mean r̂ − r over the known ratings (or a sample) of every pixel; NaN where there is none. */
    errors(snapshot: Snapshot): Float32Array {
      const { rank, userFactors, itemFactors, userBias, itemBias } = snapshot;
      const { users, items, values: ratings, pixels } = scene.sample;
      values.fill(0);
      sampled.fill(0);
      for (let j = 0; j < pixels.length; j++) {
        const x = users[j];
        const y = items[j];
        let error = snapshot.mean + userBias[x] + itemBias[y] - ratings[j];
        for (let f = 0; f < rank; f++) error += userFactors[x * rank + f] * itemFactors[y * rank + f];
        values[pixels[j]] += error;
        sampled[pixels[j]]++;
      }
      for (let i = 0; i < values.length; i++) values[i] /= sampled[i];
      return values;
    },
    /** What `predict` adds up, for whoever does it faster; and the averaged item factors the other way round. */
    parts(snapshot: Snapshot) {
      prepare(snapshot);
      const { height, width } = scene;
      const base = userBias.map((bias) => snapshot.mean + bias);
      const factors = { users: userRows, items: itemRows, columns: itemColumns };
      return { height, width, rank: snapshot.rank, base, itemBias, ...factors };
    },
  };
}
export type PredictionBuffer = ReturnType<typeof predictionBuffer>;
/** Averaged rows of a model, whose sums and product are its predictions (`Reconstruction`). */
export type Parts = ReturnType<PredictionBuffer['parts']>;

/** row[y] += Σ_f U[at + f]·P[f][y], four factors to a pass so that the row is read and written a quarter as often. */
function addProducts(
  row: Float32Array,
  users: Float32Array,
  at: number,
  columns: Float32Array,
  rank: number,
): void {
  const width = row.length;
  let f = 0;
  for (; f + 4 <= rank; f += 4) {
    const a = users[at + f];
    const b = users[at + f + 1];
    const c = users[at + f + 2];
    const d = users[at + f + 3];
    const p = f * width;
    const q = p + width;
    const r = q + width;
    const s = r + width;
    for (let y = 0; y < width; y++)
      row[y] += a * columns[p + y] + b * columns[q + y] + c * columns[r + y] + d * columns[s + y];
  }
  for (; f < rank; f++) {
    const a = users[at + f];
    const p = f * width;
    for (let y = 0; y < width; y++) row[y] += a * columns[p + y];
  }
}

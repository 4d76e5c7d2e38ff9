import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { gramOf } from '../methods/directions';
import { type Orders, sortedBy } from './orders';

/**
 * Along the two leading factors of U·Pᵀ: its first two singular vectors on either side, whatever basis a method has its
 * factors in. Who stands where is the angle between the two, a circle cut open, so that users who are alike come to stand
 * together, and what they like stands as far along. Of a model of rank 1 it is the only one, the largest first.
 *
 * @param users userCount × rank, `items` itemCount × rank, row-major
 * @source M. Friendly, "Corrgrams: exploratory displays for correlation matrices", 2002, section 3 (order by angle)
 */
export function byLeadingFactors(users: Float32Array, items: Float32Array, rank: number): Orders {
  const [ofUsers, ofItems] = [gramOf(users, rank), gramOf(items, rank)];
  // P·b is a singular vector where UᵀU·PᵀP·b = σ²·b, and U·PᵀP·b is the other side's.
  const b = leadingVectors(ofUsers.mmul(ofItems));
  const along = (rows: Float32Array, vectors: readonly number[][]) => {
    const [first, second] = vectors.map((vector) => projected(rows, vector));
    return sortedBy(rows.length / rank, (x) => (second ? Math.atan2(second[x], first[x]) : -first[x]));
  };
  const a = b.map((vector) => ofItems.mmul(Matrix.columnVector(vector)).to1DArray());
  return { users: along(users, a), items: along(items, b) };
}

/** The eigenvectors of the two largest eigenvalues; of fewer, where it has but one. The largest entry is positive. */
function leadingVectors(matrix: Matrix): number[][] {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix);
  const places = realEigenvalues.map((_, i) => i).sort((i, j) => realEigenvalues[j] - realEigenvalues[i]);
  return places.slice(0, 2).map((place) => {
    const vector = eigenvectorMatrix.getColumn(place);
    const largest = vector.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most));
    return vector.map((entry) => entry / largest);
  });
}

/** Rows along a vector, of length 1 as a whole: both directions weigh alike. */
function projected(rows: Float32Array, vector: readonly number[]): Float64Array {
  const rank = vector.length;
  const sums = Float64Array.from({ length: rows.length / rank }, (_, x) =>
    vector.reduce((sum, entry, f) => sum + entry * rows[x * rank + f], 0),
  );
  const length = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0)) || 1;
  return sums.map((value) => value / length);
}

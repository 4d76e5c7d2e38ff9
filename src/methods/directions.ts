import { EVD, Matrix } from 'ml-matrix';
import type { Snapshot } from './snapshot';

/** What is asked of the directions of a model. */
export interface DirectionsAsked {
  /** Of whose items the coordinates are wanted, directions counted from 0. */
  readonly axes: readonly number[];
  /** 1 for each item that may stand at an end. */
  readonly offered: Uint8Array;
  /** How many items are told of either end. */
  readonly ends: number;
}

/** An item, and where it lies along a direction, rating units. */
interface AtEnd {
  readonly item: number;
  readonly at: number;
}

/**
 * The directions of U·Pᵀ, the strongest first. Factors themselves can be mixed at will without a prediction changing;
 * these cannot, but for their signs: they are the singular vectors of the product.
 */
export interface Directions {
  /** σ² of each as a share of Σσ²: how much of what the factors say, squared and summed over all cells, is along it. */
  readonly shares: Float64Array;
  /** Of each direction the lowest and the highest items, the outermost first. */
  readonly ends: readonly { readonly low: readonly AtEnd[]; readonly high: readonly AtEnd[] }[];
  /**
   * Of each axis that was asked for, where the items lie, rating units: the root mean square over all users of what the
   * direction adds to r̂ of the item, with a sign.
   */
  readonly coordinates: readonly Float32Array[];
}

/** XᵀX, k × k, of n × k numbers, row-major. */
export function gramOf(rows: Float32Array, k: number): Matrix {
  const sums = new Float64Array(k * k);
  for (let at = 0; at < rows.length; at += k)
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) sums[i * k + j] += rows[at + i] * rows[at + j];
  return new Matrix(
    Array.from({ length: k }, (_, i) =>
      Array.from({ length: k }, (_, j) => sums[Math.max(i, j) * k + Math.min(i, j)]),
    ),
  );
}

/** Eigenvectors as columns, with their eigenvalues, the largest first; none below 0 but by rounding. */
function eigenOf(symmetric: Matrix) {
  const { eigenvectorMatrix, realEigenvalues } = new EVD(symmetric, { assumeSymmetric: true });
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    values: order.map((i) => Math.max(0, realEigenvalues[i])),
    vectors: eigenvectorMatrix.subMatrixColumn(order),
  };
}

/**
 * U·Pᵀ = WΣVᵀ without its m × n cells: with A = UᵀU and B = PᵀP, Σ² are the eigenvalues of A^½BA^½, and with its
 * eigenvectors E the items lie at PA^½E = VΣ. The sign of a direction is such that Σ at³ ≥ 0: where most lie on one side,
 * the few that lie far out are on the high one.
 */
export function directionsOf(
  {
    rank: k,
    userCount,
    itemCount,
    userFactors,
    itemFactors,
  }: Pick<Snapshot, 'rank' | 'userCount' | 'itemCount' | 'userFactors' | 'itemFactors'>,
  { axes, offered, ends }: DirectionsAsked,
): Directions {
  const users = eigenOf(gramOf(userFactors, k));
  const roots = Matrix.diag(users.values.map(Math.sqrt));
  const root = users.vectors.mmul(roots).mmul(users.vectors.transpose());
  const { values, vectors } = eigenOf(root.mmul(gramOf(itemFactors, k)).mmul(root));
  const towards = root.mmul(vectors).to1DArray();
  const total = values.reduce((sum, value) => sum + value, 0);
  const along = (direction: number): Float32Array => {
    const at = new Float32Array(itemCount);
    let cubes = 0;
    for (let y = 0; y < itemCount; y++) {
      let sum = 0;
      for (let f = 0; f < k; f++) sum += itemFactors[y * k + f] * towards[f * k + direction];
      at[y] = sum / Math.sqrt(userCount);
      cubes += at[y] ** 3;
    }
    return cubes < 0 ? at.map((value) => -value) : at;
  };
  const coordinates = new Map(axes.map((axis) => [axis, along(axis)]));
  return {
    shares: Float64Array.from(values, (value) => (total > 0 ? value / total : 0)),
    ends: values.map((_, f) => endsOf(coordinates.get(f) ?? along(f), offered, ends)),
    coordinates: axes.map((axis) => coordinates.get(axis) as Float32Array),
  };
}

/** The items that lie outermost, of those that are offered. */
function endsOf(at: Float32Array, offered: Uint8Array, count: number): Directions['ends'][number] {
  const among: number[] = [];
  for (let y = 0; y < at.length; y++) if (offered[y]) among.push(y);
  among.sort((a, b) => at[a] - at[b] || a - b);
  const told = (items: readonly number[]) => items.map((item): AtEnd => ({ item, at: at[item] }));
  return { low: told(among.slice(0, count)), high: told(among.slice(-count).reverse()) };
}

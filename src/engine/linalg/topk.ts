/**
 * The `capacity` best of a stream of (index, score) pairs, by a binary heap with the worst kept pair at the root: O(n log k) time, k
 * entries of memory. Order: higher score first, then lower index. Each index may be offered at most once. A score of NaN is never kept.
 */
export class TopK {
  readonly capacity: number;
  #size = 0;
  readonly #indices: Uint32Array;
  readonly #scores: Float64Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#indices = new Uint32Array(capacity);
    this.#scores = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The lowest score that can still be kept. A loop may skip `offer` for lower ones. */
  get threshold(): number {
    return this.#size < this.capacity ? Number.NEGATIVE_INFINITY : this.capacity === 0 ? Number.POSITIVE_INFINITY : this.#scores[0];
  }

  /** Keeps the pair if it belongs to the best so far. */
  offer(index: number, score: number): void {
    if (Number.isNaN(score)) return;
    if (this.#size < this.capacity) {
      this.#siftUp(this.#size++, index, score);
    } else if (this.capacity > 0 && isWorse(this.#indices[0], this.#scores[0], index, score)) {
      this.#siftDown(0, index, score);
    }
  }

  /** The kept pairs, best first. The heap is empty afterwards. */
  drain(): { indices: Uint32Array; scores: Float64Array } {
    const indices = new Uint32Array(this.#size);
    const scores = new Float64Array(this.#size);
    while (this.#size > 0) {
      const last = --this.#size;
      indices[last] = this.#indices[0];
      scores[last] = this.#scores[0];
      if (last > 0) this.#siftDown(0, this.#indices[last], this.#scores[last]);
    }
    return { indices, scores };
  }

  #siftUp(from: number, index: number, score: number): void {
    const indices = this.#indices;
    const scores = this.#scores;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isWorse(index, score, indices[parent], scores[parent])) break;
      indices[hole] = indices[parent];
      scores[hole] = scores[parent];
      hole = parent;
    }
    indices[hole] = index;
    scores[hole] = score;
  }

  #siftDown(from: number, index: number, score: number): void {
    const indices = this.#indices;
    const scores = this.#scores;
    const size = this.#size;
    let hole = from;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && isWorse(indices[child + 1], scores[child + 1], indices[child], scores[child])) child++;
      if (!isWorse(indices[child], scores[child], index, score)) break;
      indices[hole] = indices[child];
      scores[hole] = scores[child];
      hole = child;
    }
    indices[hole] = index;
    scores[hole] = score;
  }
}

function isWorse(index: number, score: number, otherIndex: number, otherScore: number): boolean {
  return score < otherScore || (score === otherScore && index > otherIndex);
}

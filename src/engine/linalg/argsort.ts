/** A range whose last index is at most this much above its first is sorted by insertion. */
const INSERTION_SPAN = 15;

/**
 * The indices that sort `keys` in ascending order, equal keys in the order of NumPy's `argsort`. That quicksort is not stable, and
 * scikit-learn chooses among equally frequent terms by it, so the algorithm is part of the result: median of three (first, middle, last),
 * Hoare partition that stops at equal keys, the smaller part first, insertion sort for ranges of up to 16. NumPy changes to heapsort on
 * ranges that keep splitting badly; this function does not, so equal keys of such ranges may have another order. `keys` must not have NaN.
 */
export function quicksortIndices(keys: Float64Array): Uint32Array {
  const order = Uint32Array.from(keys, (_, i) => i);
  const pending: number[] = [];
  let left = 0;
  let right = order.length - 1;
  for (;;) {
    while (right - left > INSERTION_SPAN) {
      const middle = partition(keys, order, left, right);
      if (middle - left < right - middle) {
        pending.push(middle + 1, right);
        right = middle - 1;
      } else {
        pending.push(left, middle - 1);
        left = middle + 1;
      }
    }
    insertionSort(keys, order, left, right);
    if (pending.length < 2) return order;
    right = pending.pop() ?? 0;
    left = pending.pop() ?? 0;
  }
}

/** Moves the median of three to its final position and returns that position. No key before it is larger, no key after it is smaller. */
function partition(keys: Float64Array, order: Uint32Array, left: number, right: number): number {
  const middle = left + ((right - left) >> 1);
  if (keys[order[middle]] < keys[order[left]]) swap(order, middle, left);
  if (keys[order[right]] < keys[order[middle]]) swap(order, right, middle);
  if (keys[order[middle]] < keys[order[left]]) swap(order, middle, left);
  const pivot = keys[order[middle]];
  swap(order, middle, right - 1);
  let i = left;
  let j = right - 1;
  for (;;) {
    do i++;
    while (keys[order[i]] < pivot);
    do j--;
    while (pivot < keys[order[j]]);
    if (i >= j) break;
    swap(order, i, j);
  }
  swap(order, i, right - 1);
  return i;
}

function insertionSort(keys: Float64Array, order: Uint32Array, left: number, right: number): void {
  for (let i = left + 1; i <= right; i++) {
    const index = order[i];
    const key = keys[index];
    let j = i;
    while (j > left && key < keys[order[j - 1]]) {
      order[j] = order[j - 1];
      j--;
    }
    order[j] = index;
  }
}

function swap(order: Uint32Array, i: number, j: number): void {
  const index = order[i];
  order[i] = order[j];
  order[j] = index;
}

import { quicksortIndices } from '../linalg/argsort.ts';
import { type Csr, indexArray } from '../linalg/csr.ts';
import type { TextBlockConfig } from './feature-config.ts';
import { ngrams, tokenize } from './tokenizer.ts';

export interface TfIdf {
  /** In code-unit order; term j is column j. */
  terms: string[];
  /** Inverse document frequencies, one entry a term. */
  idf: Float64Array;
  /** documents × terms; each row has norm 1, or is empty when the document has none of the terms. */
  matrix: Csr;
}

/**
 * TF-IDF as scikit-learn's TfidfVectorizer computes it. The value of a term in a document is
 *
 *   tf × (ln((1 + documents) / (1 + df)) + 1)
 *
 * tf is the count of the term in the document, or 1 + ln(count) when `sublinear`; df is the number of documents with the term. Rows are
 * scaled to Euclidean norm 1. Of the terms in at least `minDocumentFrequency` documents, the `maxFeatures` with the highest total count are
 * kept; among equal counts the same ones as in scikit-learn.
 */
export function fitTfIdf(documents: readonly string[], config: TextBlockConfig): TfIdf {
  const counted = countTerms(documents, config.ngrams);
  const { chosen, terms } = chooseTerms(counted, config);
  const columnOf = new Int32Array(counted.terms.length).fill(-1);
  chosen.forEach((term, column) => {
    columnOf[term] = column;
  });
  const idf = Float64Array.from(chosen, (term) => Math.log((1 + documents.length) / (1 + counted.documentFrequency[term])) + 1);
  return { terms, idf, matrix: weigh(counted, columnOf, idf, config.sublinear) };
}

interface CountedTerms {
  /** In order of first occurrence; the three arrays have one entry a term. */
  terms: string[];
  totalCount: number[];
  documentFrequency: number[];
  /** Document i has the pairs p in [offsets[i], offsets[i + 1]): term termOf[p] occurs countOf[p] times. */
  offsets: Uint32Array;
  termOf: Uint32Array;
  countOf: Uint32Array;
}

function countTerms(documents: readonly string[], maxN: 1 | 2): CountedTerms {
  const numberOf = new Map<string, number>();
  const totalCount: number[] = [];
  const documentFrequency: number[] = [];
  const termOf: number[] = [];
  const countOf: number[] = [];
  const offsets = new Uint32Array(documents.length + 1);
  // Position of the last pair of each term. It belongs to the current document when it is not before the document's first pair.
  const pairOf: number[] = [];
  documents.forEach((document, i) => {
    const first = termOf.length;
    for (const term of ngrams(tokenize(document), maxN)) {
      let number = numberOf.get(term);
      if (number === undefined) {
        number = totalCount.length;
        numberOf.set(term, number);
        totalCount.push(0);
        documentFrequency.push(0);
        pairOf.push(-1);
      }
      totalCount[number]++;
      if (pairOf[number] >= first) {
        countOf[pairOf[number]]++;
      } else {
        pairOf[number] = termOf.length;
        documentFrequency[number]++;
        termOf.push(number);
        countOf.push(1);
      }
    }
    offsets[i + 1] = termOf.length;
  });
  return {
    terms: [...numberOf.keys()],
    totalCount,
    documentFrequency,
    offsets,
    termOf: Uint32Array.from(termOf),
    countOf: Uint32Array.from(countOf),
  };
}

/** The kept terms in code-unit order, as numbers in `counted` and as text. */
function chooseTerms(counted: CountedTerms, config: TextBlockConfig): { chosen: number[]; terms: string[] } {
  const { terms, totalCount, documentFrequency } = counted;
  const frequent: number[] = [];
  for (let t = 0; t < terms.length; t++) if (documentFrequency[t] >= config.minDocumentFrequency) frequent.push(t);
  // By code unit. No two terms are equal.
  frequent.sort((a, b) => (terms[a] < terms[b] ? -1 : 1));
  const byCount = quicksortIndices(Float64Array.from(frequent, (term) => -totalCount[term]));
  const chosen = Array.from(byCount.subarray(0, config.maxFeatures).sort(), (place) => frequent[place]);
  return { chosen, terms: chosen.map((term) => terms[term]) };
}

/** The TF-IDF rows; `columnOf` maps a term to its column, -1 when it is not kept. */
function weigh(counted: CountedTerms, columnOf: Int32Array, idf: Float64Array, sublinear: boolean): Csr {
  const { offsets, termOf, countOf } = counted;
  const rows = offsets.length - 1;
  const rowOffsets = new Uint32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    let kept = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) if (columnOf[termOf[p]] >= 0) kept++;
    rowOffsets[i + 1] = rowOffsets[i] + kept;
  }
  const columnIndices = indexArray(idf.length, rowOffsets[rows]);
  const values = new Float32Array(rowOffsets[rows]);
  for (let i = 0; i < rows; i++) {
    const row: [column: number, value: number][] = [];
    let squares = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const column = columnOf[termOf[p]];
      if (column < 0) continue;
      const value = (sublinear ? 1 + Math.log(countOf[p]) : countOf[p]) * idf[column];
      row.push([column, value]);
      squares += value * value;
    }
    row.sort((a, b) => a[0] - b[0]);
    const norm = Math.sqrt(squares);
    row.forEach(([column, value], n) => {
      columnIndices[rowOffsets[i] + n] = column;
      values[rowOffsets[i] + n] = value / norm;
    });
  }
  return { rows, columns: idf.length, rowOffsets, columnIndices, values };
}

import { foldText } from './fold-text.ts';

/** Articles of the languages of titles. A query may leave them out, and a title may have them at its end ("Matrix, The"). */
const ARTICLES = new Set(
  'a an the le la les l un une des el los las una il lo gli i uno der die das ein eine het een de den det en ett o os as um uma'.split(' '),
);
const ARTICLE_WEIGHT = 0.15;
/** "Spider-Man" is also found as "spiderman", "WALL·E" as "walle", "Schindler's" as "schindlers". Bounds such a word. */
const MAX_JOINED_WORD = 24;

export interface TitleWords {
  /** In the order of the text, folded, each once. */
  words: string[];
  /** Words with inner punctuation, written as one: other spellings of words above, not further words. */
  joined: string[];
}

export function titleWords(text: string): TitleWords {
  const words = new Set<string>();
  const joined = new Set<string>();
  for (const chunk of foldText(text).split(/\s+/)) {
    const pieces = chunk.match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const piece of pieces) words.add(piece);
    if (pieces.length < 2) continue;
    const together = pieces.join('');
    if (together.length <= MAX_JOINED_WORD) joined.add(together);
  }
  return { words: [...words], joined: [...joined].filter((word) => !words.has(word)) };
}

export function isArticle(word: string): boolean {
  return ARTICLES.has(word);
}

/** The weight of a word in a title or a query. */
export function wordWeight(word: string): number {
  return isArticle(word) ? ARTICLE_WEIGHT : 1;
}

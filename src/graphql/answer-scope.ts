/** For whom the answer of one request is. An object of its own, because Apollo copies the context. */
export interface AnswerScope {
  /** Whether the answer depends on the caller, or on more of the server than its catalog. */
  isPersonal: boolean;
  /** Set when the answer depends on neither: the name of the operation in the metrics. */
  sharedAs: string | undefined;
}

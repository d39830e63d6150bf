/** Feedback of a viewer on a movie. */
export type Signal = 'LIKE' | 'DISLIKE' | 'NOT_INTERESTED';
export const SIGNALS: readonly Signal[] = ['LIKE', 'DISLIKE', 'NOT_INTERESTED'];

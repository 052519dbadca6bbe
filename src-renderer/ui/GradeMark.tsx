export type Grade = 'major' | 'considerable' | 'general' | 'low';

/** Risk grade as hatched area with a solid edge and its word: never mistaken for an alarm or a button. */
export const GradeMark = ({ grade, word }: { readonly grade: Grade; readonly word: string }) => (
  <span className="grade-mark" data-grade={grade}>
    <span>{word}</span>
  </span>
);

/** A text that a person reads, in both languages of the product. zh is the default. */
export type Text = { readonly zh: string; readonly en: string };
export type Language = keyof Text;

export const text = (zh: string, en: string): Text => ({ zh, en });

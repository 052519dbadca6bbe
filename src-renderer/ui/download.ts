/** Hands a document to the browser's own download. */
export const download = ({ fileName, mime, content }: { readonly fileName: string; readonly mime: string; readonly content: string }): void => {
  const url = URL.createObjectURL(new Blob([content], { type: mime }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  URL.revokeObjectURL(url);
};

/** Width and height in pixels. */
export type Size = { readonly width: number; readonly height: number };

/** Where a whole picture lies on the net's canvas: net pixel = picture pixel × scale + (left, top); it covers width × height there. */
export type Letterbox = Size & { readonly scale: number; readonly left: number; readonly top: number };

/** The largest placement of `picture` on `canvas` that keeps its proportions, centred. Throws a RangeError for a picture without area. */
export const letterbox = (picture: Size, canvas: Size): Letterbox => {
  if (!(picture.width > 0 && picture.height > 0)) throw new RangeError(`a picture of ${picture.width}×${picture.height} pixels`);
  const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  return { scale, width, height, left: Math.floor((canvas.width - width) / 2), top: Math.floor((canvas.height - height) / 2) };
};

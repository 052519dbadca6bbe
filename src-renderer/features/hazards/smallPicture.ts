/** Longest side of a photo that is handed in, pixels: enough to tell a helmet, small enough for the line. */
const LONGEST = 1_920;

/** A photo as the station takes it: a JPEG of at most 1,920 pixels, upright. What the browser cannot open goes as it is, and the station says that it is no picture. */
export const smallPicture = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (bitmap === null) return new Uint8Array(await file.slice(0, 3 << 20).arrayBuffer());
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
};

/** Brightness of a picture, row by row from the top left, 0 to 255. */
export type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array | Float32Array };
/** Left, top, width and height in fractions of a picture. */
export type Box = readonly [left: number, top: number, width: number, height: number];

export const mirrored = ({ width, height, pixels }: Grey): Grey => {
  const turned = new Float32Array(pixels.length);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) turned[y * width + x] = pixels[y * width + width - 1 - x]!;
  return { width, height, pixels: turned };
};

/** A part of a picture at another size, each pixel the mean of the area it stands for. */
export const resized = ({ width, height, pixels }: Grey, to: { readonly width: number; readonly height: number }, [left, top, wide, high]: Box = [0, 0, 1, 1]): Grey => {
  const out = new Float32Array(to.width * to.height);
  const [stepX, stepY] = [(wide * width) / to.width, (high * height) / to.height];
  const spread = (from: number, step: number, limit: number) => {
    const parts: { readonly index: number; readonly share: number }[] = [];
    const end = Math.min(from + step, limit);
    for (let index = Math.floor(from); index < end && index < limit; index += 1) parts.push({ index, share: Math.min(index + 1, end) - Math.max(index, from) });
    return parts;
  };
  const columns = Array.from({ length: to.width }, (_column, x) => spread(left * width + x * stepX, stepX, width));
  for (let y = 0; y < to.height; y += 1) {
    const rows = spread(top * height + y * stepY, stepY, height);
    for (let x = 0; x < to.width; x += 1) {
      let [sum, area] = [0, 0];
      for (const row of rows) {
        for (const column of columns[x]!) {
          const share = row.share * column.share;
          sum += share * pixels[row.index * width + column.index]!;
          area += share;
        }
      }
      out[y * to.width + x] = area > 0 ? sum / area : 0;
    }
  }
  return { width: to.width, height: to.height, pixels: out };
};

/** Brightness between pixels, by the four around; at the edge the edge goes on. */
export const at = ({ width, height, pixels }: Grey, x: number, y: number): number => {
  const [cx, cy] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [u, v] = [cx - x0, cy - y0];
  return (pixels[y0 * width + x0]! * (1 - u) + pixels[y0 * width + x1]! * u) * (1 - v) + (pixels[y1 * width + x0]! * (1 - u) + pixels[y1 * width + x1]! * u) * v;
};

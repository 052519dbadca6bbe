/** How much larger than on a desk things given in pixels are drawn: body text of the element against 14 px. */
export const pixelOf = (element: HTMLElement | null): number => (element === null ? 1 : Number.parseFloat(getComputedStyle(element).fontSize) / 14);

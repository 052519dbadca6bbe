import { z } from 'zod';
import { VISION_CLASSES, type Box, type VisionClass } from '../../modules/inference/index.ts';

/** One annotated picture: what is in it, and which classes were looked for. */
export type Annotated = {
  readonly id: number;
  readonly fileName: string;
  readonly labelled: ReadonlySet<VisionClass>;
  /** Not looked for, yet hardly ever there. */
  readonly absent: ReadonlySet<VisionClass>;
  readonly truth: readonly { readonly class: VisionClass; readonly box: Box; readonly wears: { readonly hardhat: boolean | null; readonly vest: boolean | null } }[];
};
export type Annotations = {
  readonly pictures: readonly Annotated[];
  /** Ids of the file, by class. */
  readonly idOf: ReadonlyMap<VisionClass, number>;
  /** Names of categories that the detector does not know; they are left out. */
  readonly unknown: readonly string[];
};

const Identity = z.int();
const CocoFile = z.object({
  categories: z.array(z.object({ id: Identity, name: z.string() })).min(1),
  images: z.array(z.object({ id: Identity, file_name: z.string().min(1), labelled_category_ids: z.array(Identity).optional(), assumed_absent_category_ids: z.array(Identity).default([]) })).min(1),
  annotations: z.array(
    z.object({
      image_id: Identity,
      category_id: Identity,
      bbox: z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]),
      attributes: z.object({ hardhat: z.boolean().nullish(), vest: z.boolean().nullish() }).nullish(),
    }),
  ),
});

const classOf = (name: string): VisionClass | null => VISION_CLASSES.find((each) => each === name.toLowerCase().replaceAll(/[\s-]+/g, '_')) ?? null;

/** Reads annotations in COCO's form, categories by their names; an image without `labelled_category_ids` has all classes looked for. Throws a RangeError that names the field. */
export const readAnnotations = (text: string): Annotations => {
  const parsed = CocoFile.safeParse(readJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RangeError(`${fieldOf(issue?.path ?? [])}: ${issue?.message ?? 'not in COCO form'}`);
  }
  const { categories, images, annotations } = parsed.data;
  const byId = new Map(categories.map(({ id, name }) => [id, classOf(name)]));
  const classesOf = (ids: readonly number[]) => new Set(ids.flatMap((each) => byId.get(each) ?? []));
  const idOf = new Map(categories.flatMap(({ id, name }) => (classOf(name) === null ? [] : [[classOf(name)!, id] as const])));
  if (idOf.size === 0) throw new RangeError(`categories: none is called ${VISION_CLASSES.join(', ')}`);
  unique(images.map(({ id }) => id), (index) => `images[${index}].id`);
  const pictures = new Map(images.map(({ id }) => [id, [] as Annotated['truth'][number][]]));
  annotations.forEach(({ image_id, category_id, bbox: [x, y, width, height], attributes }, index) => {
    const truth = pictures.get(image_id);
    const which = byId.get(category_id);
    if (truth === undefined) throw new RangeError(`annotations[${index}].image_id: no image has the id ${image_id}`);
    if (which === undefined) throw new RangeError(`annotations[${index}].category_id: no category has the id ${category_id}`);
    if (which !== null) truth.push({ class: which, box: { x, y, width, height }, wears: { hardhat: attributes?.hardhat ?? null, vest: attributes?.vest ?? null } });
  });
  return {
    pictures: images.map(({ id, file_name, labelled_category_ids, assumed_absent_category_ids }) => ({
      id,
      fileName: file_name,
      labelled: classesOf(labelled_category_ids ?? [...byId.keys()]),
      absent: classesOf(assumed_absent_category_ids),
      truth: pictures.get(id) ?? [],
    })),
    idOf,
    unknown: categories.flatMap(({ name }) => (classOf(name) === null ? [name] : [])),
  };
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RangeError(`not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
};
/** `annotations[3].bbox[0]` */
const fieldOf = (path: readonly PropertyKey[]): string => path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '') || 'the file';

const unique = (ids: readonly number[], field: (index: number) => string): void => {
  const seen = new Set<number>();
  ids.forEach((id, index) => {
    if (seen.has(id)) throw new RangeError(`${field(index)}: ${id} is there twice`);
    seen.add(id);
  });
};

/** Something on the twin, the plan or a list that can be selected and shown in the detail panel. */
export type Target = { readonly kind: 'zone' | 'unit' | 'equipment' | 'tag' | 'person' | 'detector' | 'camera' | 'muster' | 'alarm'; readonly id: string; /** When the trend that is meant begins, UTC ms. */ readonly since?: number };

/** A file's bytes compressed, as the line to the station carries them. */
export const gzipped = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());

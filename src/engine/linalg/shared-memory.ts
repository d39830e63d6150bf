const PAGE_BYTES = 65_536;

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();

/** WebAssembly memory that threads can share, of at least this size, all zero. Kernels read arrays within it in place. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return registered(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
}

/** Makes `memoryOf` find a memory that came from another thread. */
export function registered(memory: WebAssembly.Memory): WebAssembly.Memory {
  memories.set(memory.buffer, memory);
  return memory;
}

/** The WebAssembly memory that this buffer is the content of; undefined for other buffers. */
export function memoryOf(buffer: ArrayBufferLike): WebAssembly.Memory | undefined {
  return memories.get(buffer);
}

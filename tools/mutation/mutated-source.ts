import type { Plugin } from 'vite';

interface MutatedFile {
  path: string;
  text: string;
}

let current: MutatedFile | undefined;

/** Sets the file whose text is replaced from now on, and returns the one before it. */
export function setMutatedSource(file: MutatedFile): MutatedFile | undefined {
  const before = current;
  current = file;
  return before;
}

/** Gives tests the mutated text in place of the file on disk, which stays as it is. */
export function mutatedSource(): Plugin {
  return {
    name: 'mutated-source',
    enforce: 'pre',
    load(id) {
      return id === current?.path ? current.text : undefined;
    },
  };
}

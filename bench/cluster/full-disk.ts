import { execFileSync } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DISK_MB = 48;
const BLOCK = 65_536;

/** A small disk of memory; undefined where it cannot be mounted. */
export async function mountSmallDisk(folder: string): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=700`, 'cinematch-bench', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return new SmallDisk(folder);
}

export class SmallDisk {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Leaves no room for a while. What is freed meanwhile is taken too. */
  async full(ms: number): Promise<void> {
    const path = join(this.folder, 'ballast');
    const file = await open(path, 'w');
    const latest = performance.now() + ms;
    let size = BLOCK;
    try {
      while (performance.now() < latest) {
        const written = await file.write(Buffer.alloc(size)).then(
          ({ bytesWritten }) => bytesWritten,
          () => 0,
        );
        if (written === size) continue;
        if (size > 1) size = Math.max(1, size >> 4);
        else await sleep(20);
      }
    } finally {
      await file.close();
      await rm(path);
    }
  }

  unmount(): void {
    execFileSync('umount', [this.folder], { stdio: 'ignore' });
  }
}

import { readFile } from 'node:fs/promises';

const byteProducts = /^flags\s*:.*\b(?:avx512_vnni|avx_vnni)\b/m;

/**
 * Whether the processor multiplies unsigned by signed bytes without saturating (VNNI). Told by Linux alone; elsewhere
 * the answer is no, and the models are used as they were shipped.
 */
export async function hasByteProducts(cpuInfoPath = '/proc/cpuinfo'): Promise<boolean> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  try {
    return byteProducts.test(await readFile(cpuInfoPath, 'utf8'));
  } catch (cause) {
    // A sandbox without /proc tells nothing; the shipped models run everywhere.
    if (cause instanceof Error && 'code' in cause) return false;
    throw cause;
  }
}

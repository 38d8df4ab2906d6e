/** Loaded into an exporter before it starts: ends it by SIGKILL once it has put DIE_AFTER_FILES objects in their place. */
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { rename } = files;
let leftCount = Number(process.env['DIE_AFTER_FILES']);
Object.assign(files, {
  async rename(...given: Parameters<typeof rename>) {
    await rename(...given);
    leftCount -= 1;
    if (leftCount === 0) process.kill(process.pid, 'SIGKILL');
  },
});
syncBuiltinESMExports();

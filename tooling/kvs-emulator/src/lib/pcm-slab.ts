const SLAB_BYTES = 32 * 1024;

/** Keeps copies of frames side by side in few large buffers, which hold nothing else: frames live for minutes. */
export class PcmSlab {
  #slab = new Uint8Array(0);
  #at = 0;

  /** A view of the copy; a view of what was read would keep the whole chunk of the socket alive. */
  copy(frame: Uint8Array): Uint8Array {
    if (this.#at + frame.length > this.#slab.length) {
      this.#slab = new Uint8Array(Math.max(SLAB_BYTES, frame.length));
      this.#at = 0;
    }
    const copy = this.#slab.subarray(this.#at, this.#at + frame.length);
    copy.set(frame);
    this.#at += frame.length;
    return copy;
  }
}

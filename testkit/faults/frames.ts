const LENGTH_BYTES = 4;

/** Reassembles the messages of a stream. Each begins with its length. */
export class Frames {
  private rest = Buffer.alloc(0);

  /** Returns the messages that are complete with this chunk. */
  public of(chunk: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const whole: Buffer[] = [];
    for (let end = this.end(); end <= this.rest.length; end = this.end()) {
      whole.push(this.rest.subarray(0, end));
      this.rest = this.rest.subarray(end);
    }
    return whole;
  }

  private end(): number {
    return this.rest.length < LENGTH_BYTES ? Infinity : LENGTH_BYTES + this.rest.readInt32BE(0);
  }
}

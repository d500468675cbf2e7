/** The search tree of a database in the MaxMind format: what its metadata says of it, and the bytes of the file. */
export interface SearchTree {
  readonly bytes: Uint8Array;
  readonly nodeCount: number;
  /** Bits of a record: 24, 28 or 32; a node has two. */
  readonly recordSize: number;
  readonly ipVersion: number;
}

/** What a walk through the whole of a tree finds. */
export interface TreeContents {
  readonly hasIpv4: boolean;
  readonly hasIpv6: boolean;
  /** One address for each place of the data that the tree leads to. */
  readonly addresses: readonly string[];
}

const SEPARATOR = 16;

/** Walks a tree through; `undefined`: it is cut off, or has nodes that nothing leads to, as a file with a hole has. */
export function walkTree(tree: SearchTree): TreeContents | undefined {
  if (!hasSeparator(tree)) return undefined;
  const walk = new TreeWalk(tree);
  const hasIpv4 = walk.hasDataBelow(tree.ipVersion === 4 ? 0 : walk.ipv4Start());
  const hasIpv6 = tree.ipVersion !== 4 && walk.hasDataBelow(0);
  const addresses = walk.addresses();
  return walk.isWhole && addresses !== undefined ? { hasIpv4, hasIpv6, addresses } : undefined;
}

/** Sixteen zeros stand between the tree and its data. */
function hasSeparator({ bytes, nodeCount, recordSize }: SearchTree): boolean {
  const from = (nodeCount * recordSize) / 4;
  const separator = bytes.subarray(from, from + SEPARATOR);
  return separator.length === SEPARATOR && separator.every((byte) => byte === 0);
}

/** Nodes are numbers below `nodeCount`; `nodeCount` itself is nothing, and a greater number is a place of the data. */
class TreeWalk {
  readonly #tree: SearchTree;
  readonly #view: DataView;
  readonly #met: Uint8Array;
  /** The record that a node was first come from: twice its node, and one more for the right one; -1: none. */
  readonly #cameFrom: Float64Array;
  readonly #recordOfData = new Map<number, number>();
  #count = 0;
  #leadsToRoot = false;

  constructor(tree: SearchTree) {
    this.#tree = tree;
    this.#view = new DataView(tree.bytes.buffer, tree.bytes.byteOffset, tree.bytes.byteLength);
    this.#met = new Uint8Array(tree.nodeCount);
    this.#cameFrom = new Float64Array(tree.nodeCount).fill(-1);
  }

  get isWhole(): boolean {
    return !this.#leadsToRoot && this.#count === this.#tree.nodeCount;
  }

  /** Where IPv4 addresses begin in a tree of IPv6 ones: behind 96 zeros. */
  ipv4Start(): number {
    let node = 0;
    for (let depth = 0; depth < 96 && node < this.#tree.nodeCount; depth++) node = this.#follow(node * 2);
    return node;
  }

  /** Goes through all nodes below one that were not met before; whether any leads to data. */
  hasDataBelow(start: number): boolean {
    const { nodeCount } = this.#tree;
    if (start >= nodeCount) return start > nodeCount;
    let hasData = false;
    const open = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (this.#met[node] === 1) continue;
      this.#met[node] = 1;
      this.#count++;
      for (const record of [node * 2, node * 2 + 1]) {
        const next = this.#follow(record);
        if (next < nodeCount) open.push(next);
        else if (next > nodeCount) hasData = true;
      }
    }
    return hasData;
  }

  /** `undefined`: some of the data lies deeper than an address is long. */
  addresses(): readonly string[] | undefined {
    const found: string[] = [];
    for (const record of this.#recordOfData.values()) {
      const bits = this.#bitsTo(record);
      if (bits === undefined) return undefined;
      found.push(this.#tree.ipVersion === 4 ? ipv4Text(bits) : ipv6Text(bits));
    }
    return found;
  }

  /** What a record leads to, kept the first time. */
  #follow(record: number): number {
    const next = this.#read(record >>> 1, record & 1);
    if (next > this.#tree.nodeCount) {
      if (!this.#recordOfData.has(next)) this.#recordOfData.set(next, record);
    } else if (next === 0) this.#leadsToRoot = true;
    else if (this.#cameFrom[next] === -1) this.#cameFrom[next] = record;
    return next;
  }

  #read(node: number, side: number): number {
    const { recordSize } = this.#tree;
    const at = (node * recordSize) / 4;
    if (recordSize === 32) return this.#view.getUint32(at + side * 4);
    if (recordSize === 24) return this.#uint24(at + side * 3);
    const middle = this.#view.getUint8(at + 3);
    return (side === 0 ? middle >>> 4 : middle & 15) * 2 ** 24 + this.#uint24(at + side * 4);
  }

  #uint24(at: number): number {
    return this.#view.getUint16(at) * 256 + this.#view.getUint8(at + 2);
  }

  #bitsTo(last: number): string | undefined {
    const width = this.#tree.ipVersion === 4 ? 32 : 128;
    let bits = '';
    for (let record = last; record >= 0; record = this.#cameFrom[record >>> 1] ?? -1) {
      if (bits.length === width) return undefined;
      bits = `${record & 1}${bits}`;
    }
    return bits.padEnd(width, '0');
  }
}

function ipv4Text(bits: string): string {
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)).join('.');
}

function ipv6Text(bits: string): string {
  return (bits.match(/.{16}/g) ?? []).map((word) => Number.parseInt(word, 2).toString(16)).join(':');
}

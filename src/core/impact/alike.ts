/** Remembers by a row of objects that stand for what sign-ins are alike in; what is remembered goes with the objects. */
export class Alike<Value> {
  readonly #first: Node<Value> = new WeakMap();

  recall(objects: readonly object[], make: () => Value): Value {
    let place = this.#first;
    for (let at = 0; at < objects.length - 1; at++) place = within(place, objects[at] as object);
    const last = objects.at(-1) ?? place;
    const known = place.get(last)?.value;
    if (known !== undefined) return known;
    const value = make();
    place.set(last, { value });
    return value;
  }
}

type Node<Value> = WeakMap<object, { readonly value?: Value; readonly inside?: Node<Value> }>;

function within<Value>(node: Node<Value>, object: object): Node<Value> {
  const before = node.get(object)?.inside;
  if (before !== undefined) return before;
  const inside: Node<Value> = new WeakMap();
  node.set(object, { inside });
  return inside;
}

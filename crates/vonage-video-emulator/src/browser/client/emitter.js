// Objects that dispatch events.

/** An event. Its other fields depend on its type. */
export class Event {
  #prevented = false;

  constructor(type, target, fields = {}, cancelable = false) {
    Object.assign(this, { type, target, cancelable }, fields);
  }

  preventDefault() {
    if (this.cancelable) this.#prevented = true;
  }

  isDefaultPrevented() {
    return this.#prevented;
  }
}

/** Handlers by name: a name, several in one text, or a map of names to handlers. */
function* pairs(names, handler) {
  if (names && typeof names === "object") {
    yield* Object.entries(names);
  } else if (typeof names === "string") {
    for (const name of names.split(/\s+/).filter(Boolean)) yield [name, handler];
  }
}

export class Emitter {
  #handlers = [];

  on(names, handler, context) {
    return this.#add(names, handler, context, false);
  }

  once(names, handler, context) {
    return this.#add(names, handler, context, true);
  }

  #add(names, handler, context, once) {
    const owner = names && typeof names === "object" ? handler : context;
    for (const [name, call] of pairs(names, handler)) {
      if (typeof call !== "function") continue;
      this.#handlers.push({ name, call, owner, once });
      this.listened(name);
    }
    return this;
  }

  /** Removes handlers: all of them, those of names, or one of them. */
  off(names, handler, context) {
    if (names === undefined || names === null) {
      this.#handlers = [];
      return this;
    }
    const owner = typeof names === "object" ? handler : context;
    for (const [name, call] of pairs(names, handler)) {
      this.#handlers = this.#handlers.filter((it) => it.name !== name
        || (call && it.call !== call)
        || (owner && it.owner !== owner));
    }
    return this;
  }

  addEventListener(name, handler, context) {
    return this.on(name, handler, context);
  }

  removeEventListener(name, handler, context) {
    return this.off(name, handler, context);
  }

  /** Is called when somebody begins to listen. */
  listened() {}

  hears(name) {
    return this.#handlers.some((it) => it.name === name);
  }

  /** Calls the handlers of an event's type, or of other names, then does what it does by default. */
  dispatch(event, byDefault, names = [event.type]) {
    for (const it of this.#handlers.filter(({ name }) => names.includes(name))) {
      if (it.once) this.#handlers = this.#handlers.filter((other) => other !== it);
      try {
        it.call.call(it.owner ?? this, event);
      } catch (error) {
        reportError(error);
      }
    }
    if (byDefault && !event.isDefaultPrevented()) byDefault();
    return event;
  }

  emit(type, fields, byDefault) {
    return this.dispatch(new Event(type, this, fields, byDefault !== undefined), byDefault);
  }
}

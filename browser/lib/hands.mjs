// Two ways to do the same work: with the keyboard alone, or with the mouse.

/// Reaches everything by Tab, writes by keys, chooses by arrows, presses by Enter or Space.
export class Keys {
  constructor(page) {
    this.page = page;
  }

  /// Tabs to an element, from wherever the focus is.
  async reach(locator) {
    await locator.waitFor();
    for (let stops = 0; stops < 400; stops += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`never reached by Tab: ${await locator.evaluate((element) => element.outerHTML.slice(0, 200))}`);
  }

  async write(selector, text) {
    await this.reach(this.page.locator(selector));
    await this.page.keyboard.type(text);
  }

  /// A date's parts are stops of their own, in the order of the reader's country: only that it is reached is of the keyboard.
  async date(selector, value) {
    const field = this.page.locator(selector);
    await this.reach(field);
    await field.fill(value);
  }

  async tick(selector) {
    await this.reach(this.page.locator(selector));
    await this.page.keyboard.press("Space");
  }

  async choose(selector, value) {
    const field = this.page.locator(selector);
    await this.reach(field);
    const { from, to } = await field.evaluate((element, value) => ({ from: element.selectedIndex, to: [...element.options].findIndex((option) => option.value === value) }), value);
    for (let at = from; at !== to; at += Math.sign(to - from)) await this.page.keyboard.press(to > from ? "ArrowDown" : "ArrowUp");
    const chosen = await field.inputValue();
    if (chosen !== value) throw new Error(`${selector}: chose ${chosen} and not ${value}`);
  }

  async press(name) {
    const button = this.page.getByRole("button", { name, exact: true }).first();
    await this.reach(button);
    await this.page.keyboard.press("Enter");
  }

  async follow(name, options = {}) {
    await this.reach(this.page.getByRole("link", { name, ...options }).first());
    await this.page.keyboard.press("Enter");
  }
}

export class Mouse {
  constructor(page) {
    this.page = page;
  }

  write(selector, text) {
    return this.page.locator(selector).fill(text);
  }

  date(selector, value) {
    return this.write(selector, value);
  }

  tick(selector) {
    return this.page.locator(selector).check();
  }

  choose(selector, value) {
    return this.page.locator(selector).selectOption(value);
  }

  press(name) {
    return this.page.getByRole("button", { name, exact: true }).first().click();
  }

  follow(name, options = {}) {
    return this.page.getByRole("link", { name, ...options }).first().click();
  }
}

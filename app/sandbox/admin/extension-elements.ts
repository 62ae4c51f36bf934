// Simple elements that stand for Shopify's own (s-button, s-text-field, …) where extensions of the app run in the sandbox.

/** Defines every element that the app's extensions use. It stands on its own, for it is sent to a browser. */
export function defineAdminElements(): void {
  const part = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    more: object = {},
  ): HTMLElementTagNameMap[K] => {
    const made = document.createElement(tag);
    Object.assign(made, more);
    return made;
  };
  const sheet = (css: string) => part('style', { textContent: css });

  /** An element whose inside follows its attributes. */
  abstract class Shown extends HTMLElement {
    static readonly observedAttributes = [
      ...['heading', 'label', 'details', 'error', 'disabled', 'loading', 'href', 'target', 'tone', 'suffix'],
      ...['accessibilitylabel', 'multiple', 'src', 'variant'],
    ];
    readonly inside = this.attachShadow({ mode: 'open' });
    #made = false;
    text(name: string): string {
      return this.getAttribute(name) ?? '';
    }
    has(name: string): boolean {
      return this.hasAttribute(name) && this.getAttribute(name) !== 'false';
    }
    connectedCallback() {
      if (!this.#made) this.make();
      this.#made = true;
      this.follow();
    }
    attributeChangedCallback() {
      if (this.#made) this.follow();
    }
    abstract make(): void;
    follow(): void {
      // Most need nothing.
    }
    /** Tells who listens to the element itself. */
    tell(type: string): void {
      this.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }

  /** One that shows what is in it, as a style has it. */
  const styled = (css: string, role?: string) =>
    class extends Shown {
      make() {
        this.inside.append(sheet(css), part('slot'));
        if (role !== undefined) this.setAttribute('role', role);
      }
    };

  class Surface extends Shown {
    readonly #heading = part('h1');
    make() {
      const foot = part('footer');
      foot.append(
        Object.assign(part('slot'), { name: 'secondary-actions' }),
        Object.assign(part('slot'), { name: 'primary-action' }),
      );
      this.inside.append(
        sheet(
          ':host{display:block;padding:1rem}h1{font-size:.9rem;margin:0 0 .75rem}footer{display:flex;gap:.5rem;justify-content:flex-end;margin-top:1rem}',
        ),
        this.#heading,
        part('slot'),
        foot,
      );
    }
    override follow() {
      this.#heading.textContent = this.text('heading');
      this.setAttribute('aria-busy', String(this.has('loading')));
    }
  }

  class Button extends Shown {
    readonly #button = part('button', { type: 'button' });
    make() {
      this.#button.append(part('slot'));
      this.inside.append(
        sheet(
          'button{font:inherit;padding:.35rem .75rem;border:1px solid #8a8a8a;border-radius:.5rem;background:#fff}button.primary{background:#303030;color:#fff}button:disabled{opacity:.5}',
        ),
        this.#button,
      );
      this.#button.addEventListener('click', (event) => {
        event.stopPropagation();
        this.tell('click');
      });
    }
    override follow() {
      this.#button.disabled = this.has('disabled') || this.has('loading');
      this.#button.className = this.text('variant');
      const name = this.text('accessibilitylabel');
      if (name !== '') this.#button.setAttribute('aria-label', name);
    }
  }

  class Link extends Shown {
    readonly #link = part('a');
    make() {
      this.#link.append(part('slot'));
      this.inside.append(this.#link);
    }
    override follow() {
      this.#link.href = this.text('href');
      this.#link.target = this.text('target');
    }
  }

  class Spinner extends Shown {
    readonly #said = part('span');
    make() {
      this.#said.setAttribute('role', 'status');
      this.inside.append(this.#said);
    }
    override follow() {
      this.#said.textContent = this.text('accessibilitylabel');
    }
  }

  /** A field with its label, help and error. */
  abstract class Field extends Shown {
    abstract readonly field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
    readonly #label = part('span');
    readonly #help = part('small');
    readonly #error = part('p');
    make() {
      const label = part('label');
      this.#error.setAttribute('role', 'alert');
      label.append(
        ...(this.field.type === 'checkbox' ? [this.field, this.#label] : [this.#label, this.field]),
      );
      this.inside.append(
        sheet(
          ':host{display:block}label{display:grid;gap:.25rem}:host([data-check]) label{display:flex}p{color:#8e0b21;margin:.25rem 0 0}small{color:#616161}',
        ),
        label,
        this.#help,
        this.#error,
      );
      this.toggleAttribute('data-check', this.field.type === 'checkbox');
      this.field.addEventListener('change', (event) => {
        event.stopPropagation();
        this.tell('change');
      });
    }
    override follow() {
      this.#label.textContent = this.text('label');
      this.#help.textContent = [this.text('suffix'), this.text('details')].filter(Boolean).join(' · ');
      this.#error.textContent = this.text('error');
      this.field.disabled = this.has('disabled');
      this.field.setAttribute('aria-invalid', String(this.text('error') !== ''));
    }
    get value(): string {
      return this.field.value;
    }
    set value(value: string) {
      this.field.value = value;
    }
  }
  class TextField extends Field {
    readonly field = part('input', { type: 'text' });
  }
  class TextArea extends Field {
    readonly field = part('textarea', { readOnly: true, rows: 4 });
  }
  class Checkbox extends Field {
    readonly field = part('input', { type: 'checkbox' });
    get checked(): boolean {
      return this.field.checked;
    }
    set checked(checked: boolean) {
      this.field.checked = checked;
    }
  }
  class Select extends Field {
    readonly field = part('select');
    #wanted = '';
    override make() {
      super.make();
      const options = part('slot');
      options.style.display = 'none';
      options.addEventListener('slotchange', () => {
        this.field.replaceChildren(
          ...[...this.children].map((one) => new Option(one.textContent, one.getAttribute('value') ?? '')),
        );
        this.field.value = this.#wanted;
      });
      this.inside.append(options);
    }
    override get value() {
      return this.field.value;
    }
    override set value(value: string) {
      this.#wanted = value;
      this.field.value = value;
    }
  }

  class ChoiceList extends Shown {
    readonly #set = part('fieldset');
    readonly #name = part('legend');
    #values: readonly string[] = [];
    make() {
      const choices = part('slot');
      choices.style.display = 'none';
      choices.addEventListener('slotchange', () => {
        this.follow();
      });
      this.inside.append(
        sheet(
          'fieldset{border:0;padding:0;margin:0}legend{font-weight:600;padding:0}label{display:flex;gap:.5rem;padding:.2rem 0}',
        ),
        this.#set,
        choices,
      );
    }
    override follow() {
      this.#name.textContent = this.text('label');
      const type = this.has('multiple') ? 'checkbox' : 'radio';
      const boxes = [...this.children].map((one) => {
        const value = one.getAttribute('value') ?? '';
        const label = part('label');
        const box = part('input', { type, value, checked: this.#values.includes(value), name: 'choice' });
        box.addEventListener('change', (event) => {
          event.stopPropagation();
          const all = [...this.#set.querySelectorAll('input')];
          this.#values = all.filter(({ checked }) => checked).map((each) => each.value);
          this.tell('change');
        });
        label.append(box, one.textContent);
        return label;
      });
      this.#set.replaceChildren(this.#name, ...boxes);
    }
    get values(): string[] {
      return [...this.#values];
    }
    set values(values: string[]) {
      this.#values = values;
      for (const box of this.#set.querySelectorAll('input')) box.checked = values.includes(box.value);
    }
  }

  /** Shows the app's page before it is printed, as Shopify's print window does. */
  class PrintAction extends Shown {
    readonly #page = part('iframe', { title: 'Preview' });
    make() {
      const print = part('button', { type: 'button', textContent: 'Print' });
      print.addEventListener('click', () => this.#page.contentWindow?.print());
      this.inside.append(
        sheet('iframe{width:100%;height:36rem;border:0;display:block}button{margin:.75rem}'),
        this.#page,
        print,
      );
    }
    override follow() {
      void fetch(this.text('src')).then(async (answer) => {
        this.#page.srcdoc = answer.ok ? await answer.text() : 'Nothing to print came.';
      });
    }
  }

  const all: Readonly<Record<string, CustomElementConstructor>> = {
    's-admin-block': Surface,
    's-admin-action': Surface,
    's-admin-print-action': PrintAction,
    's-button': Button,
    's-link': Link,
    's-spinner': Spinner,
    's-text-field': TextField,
    's-text-area': TextArea,
    's-checkbox': Checkbox,
    's-select': Select,
    's-choice-list': ChoiceList,
    's-stack': styled(
      ':host{display:flex;flex-direction:column;gap:.5rem;align-items:flex-start}:host([direction=inline]){flex-direction:row;flex-wrap:wrap;align-items:center}',
    ),
    's-box': styled(':host{display:block;border:1px solid #d4d4d4;border-radius:.5rem;padding:.75rem}'),
    's-text': styled(
      ':host([color=subdued]){color:#616161}:host([tone=critical]){color:#8e0b21}:host([tone=warning]),:host([tone=caution]){color:#7a4300}',
    ),
    's-badge': styled(
      ':host{background:#e3e3e3;border-radius:.5rem;padding:.1rem .5rem;font-weight:600}:host([tone=caution]),:host([tone=warning]){background:#ffe7a0}:host([tone=info]){background:#cbe8ff}:host([tone=success]){background:#cdfed4}:host([tone=critical]){background:#fed1d7}',
    ),
    's-banner': styled(
      ':host{display:block;border-radius:.5rem;padding:.5rem .75rem;background:#eaf4ff}:host([tone=critical]){background:#fee9e8}:host([tone=warning]){background:#fff1d6}:host([tone=success]){background:#cdfed4}',
      'status',
    ),
    's-unordered-list': styled(':host{display:block;padding-inline-start:1.25rem}', 'list'),
    's-list-item': styled(':host{display:list-item}', 'listitem'),
    's-option': styled(''),
    's-choice': styled(''),
  };
  for (const [name, element] of Object.entries(all)) customElements.define(name, class extends element {});
}

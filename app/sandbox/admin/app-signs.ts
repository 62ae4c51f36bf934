// What the app shows in the admin around it, its menu and its toast, in the browser.
import { scriptOf } from './script-of.ts';

/** What the app says of its menu: where it stands, and the entries beside its home. */
export interface AppMenu {
  readonly path?: string;
  readonly entries?: readonly { readonly path: string; readonly label: string }[];
}

/** What the app says of a toast. */
export interface AppToast {
  readonly text?: string;
  readonly isError?: boolean;
  readonly action?: string;
}

/** Draws the app's menu, with the entry that the app stands at. */
function showMenu({ entries = [], path = '' }: AppMenu): void {
  const menu = document.getElementById('app-menu');
  if (!menu) throw new Error('The page has no menu.');
  const all = [{ path: '/app', label: 'Concord' }, ...entries];
  const longest = all
    .filter((entry) => path === entry.path || path.startsWith(`${entry.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  // Buttons stay while the entries do: a button that goes between press and release is never clicked.
  const drawn = JSON.stringify(all);
  if (menu.dataset['drawn'] !== drawn) {
    menu.dataset['drawn'] = drawn;
    menu.replaceChildren(
      ...all.map((entry) => {
        const button = document.createElement('button');
        button.textContent = entry.label;
        button.dataset['go'] = entry.path;
        return button;
      }),
    );
  }
  for (const button of menu.querySelectorAll('button'))
    button.toggleAttribute('data-current', button.dataset['go'] === longest?.path);
}

/** Shows the app's toast for five seconds, or none where it has no text; the page hears when its button is pressed. */
function showToast({ text = '', isError = false, action }: AppToast): void {
  const toast = document.getElementById('toast');
  if (!toast) throw new Error('The page has no toast.');
  toast.textContent = text;
  if (action !== undefined) {
    const button = document.createElement('button');
    button.textContent = action;
    button.addEventListener('click', () => {
      toast.hidden = true;
      document.dispatchEvent(new CustomEvent('toast-action'));
    });
    toast.append(' ', button);
  }
  const shown = toast.textContent;
  toast.hidden = text === '';
  toast.classList.toggle('error', isError);
  setTimeout(() => {
    if (toast.textContent === shown) toast.hidden = true;
  }, 5000);
}

function startSigns(): void {
  document.addEventListener('app-menu', (event) => {
    showMenu((event as CustomEvent<AppMenu>).detail);
  });
  document.addEventListener('app-toast', (event) => {
    showToast((event as CustomEvent<AppToast>).detail);
  });
}

/** The script that shows what the page hears from the app, in its events `app-menu` and `app-toast`. */
export function appSignsScript(): string {
  return scriptOf([showMenu, showToast], startSigns);
}

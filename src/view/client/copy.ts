/** How long a button says that it has copied, in milliseconds. */
const SHOWN = 2_000;

/** Without a secure connection browsers have no clipboard; then the buttons stay hidden. */
if ('clipboard' in navigator) {
  document.documentElement.classList.add('copies');
  // On the document, so that it works in a newer copy of the page too.
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest<HTMLElement>('[data-copy]');
    if (button) copy(button);
  });
}

function copy(button: HTMLElement): void {
  const { copy: text = '', copied = '' } = button.dataset;
  navigator.clipboard.writeText(text).then(
    () => confirm(button, copied),
    // If copying is not allowed, the text is selected instead.
    () => getSelection()?.selectAllChildren(button.previousElementSibling ?? button),
  );
}

function confirm(button: HTMLElement, copied: string): void {
  const word = button.textContent;
  const status = document.querySelector('[role=status]');
  if (word === copied) return;
  for (const element of [button, status]) if (element) element.textContent = copied;
  setTimeout(() => {
    button.textContent = word;
    if (status) status.textContent = '';
  }, SHOWN);
}

/** Updates the title and icon of the page in the browser, and tells screen readers. */
export function showOutside(title: string, icon: string | null): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link && icon && link.getAttribute('href') !== icon) link.href = icon;
  if (document.title === title) return;
  document.title = title;
  say(title);
}

/** Makes screen readers say a text when they are idle. */
export function say(text: string): void {
  const said = document.querySelector('[role=status]');
  if (said) said.textContent = text;
}

/** What the browser shows of the page around it, and says to who cannot see it change. */
export function showOutside(title: string, icon: string | null): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link && icon && link.getAttribute('href') !== icon) link.href = icon;
  if (document.title === title) return;
  document.title = title;
  say(title);
}

/** Lets screen readers say it when they have nothing else to say. */
export function say(text: string): void {
  const said = document.querySelector('[role=status]');
  if (said) said.textContent = text;
}

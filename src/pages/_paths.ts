import { isRetired } from '../core/ledger.ts';
import type { Component } from '../core/model.ts';
import { archiveMonths, componentArchiveYears } from '../formats/archive.ts';
import { loadSite } from '../site/load.ts';

/** The paths of routes that several formats share. */

interface ComponentPath {
  params: { id: string };
  props: { component: Component };
}

/** Every component. An alias is an address from before, at which the same is found. */
export async function componentPaths(): Promise<ComponentPath[]> {
  const { ledger } = await loadSite();
  return [...ledger.content.components.values()].flatMap((component) =>
    [component.id, ...component.aliases].map((id) => ({ params: { id }, props: { component } })),
  );
}

/** The same without those that are no longer offered. */
export async function presentComponentPaths(): Promise<ComponentPath[]> {
  const { ledger } = await loadSite();
  return (await componentPaths()).filter(({ props }) => !isRetired(props.component, ledger.now));
}

/** Every month in which something was said. */
export async function archivePaths(): Promise<{ params: { month: string } }[]> {
  return archiveMonths(await loadSite()).map((month) => ({ params: { month } }));
}

/** Every component with every year of its archives. */
export async function componentArchivePaths() {
  const site = await loadSite();
  return [...site.ledger.content.components.values()].flatMap((component) =>
    componentArchiveYears(site, component).map((year) => ({
      params: { id: component.id, year },
      props: { component },
    })),
  );
}

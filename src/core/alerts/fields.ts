/** What a template may ask an alert for, each by a blank: `{{alert-name}}`. */
export const ALERT_FIELDS = ['name', 'source', 'severity', 'summary', 'description', 'link'] as const;

/** The blank that asks for a field: `alert-name`. */
export function fieldBlank(field: (typeof ALERT_FIELDS)[number]): string {
  return `alert-${field}`;
}

/** The blank that asks for a label: for `kubernetes_cluster` it is `alert-label-kubernetes-cluster`. */
export function labelBlank(label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${LABEL_BLANK}${name}`;
}

/** How the blanks begin that ask for labels. */
export const LABEL_BLANK = 'alert-label-';

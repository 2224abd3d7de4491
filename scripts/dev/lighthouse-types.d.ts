/** What is used of Lighthouse, which is installed only when `npm run lighthouse` is first run. */
declare module 'lighthouse' {
  interface Audit {
    title: string;
    score: number | null;
  }

  interface Category {
    score: number | null;
    auditRefs: { id: string }[];
  }

  interface Report {
    categories: Record<string, Category | undefined>;
    audits: Record<string, Audit | undefined>;
  }

  export default function lighthouse(
    url: string,
    flags: { port: number; logLevel: 'error'; onlyCategories: string[] },
  ): Promise<{ lhr: Report } | undefined>;
}

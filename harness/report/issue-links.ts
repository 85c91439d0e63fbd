/** The URL of a report: an issue or pull request, an advisory, a CVE, or an https URL; null for any other text. */
export function issueLink(reported: string): string | null {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(reported) ?? [];
  if (repository !== undefined && number !== undefined) return `https://github.com/${repository}/issues/${number}`;
  if (reported.startsWith('GHSA-')) return `https://github.com/advisories/${reported}`;
  if (reported.startsWith('CVE-')) return `https://www.cve.org/CVERecord?id=${reported}`;
  return reported.startsWith('https://') ? reported : null;
}

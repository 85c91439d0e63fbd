/** Words right before a mention that deny it: "no docker", "without a proxy", "I don't use nginx". */
const DENIAL =
  /(?:\b(?:no|not|without|never|isn't|aren't|wasn't|non|(?:do|does|did)(?: not|n't|nt) (?:have|use|run|need)|not using|kein|keine|keinen|ohne|sin|ning[uú]n|pas de|sans|sem)(?: (?:a|an|any|the|my|such|de|un|une|uma?))?|没有|没用|不用|无|不是|未使用)[\s"'`*]*$/;

/** How far before a mention a denial begins, in characters. */
const REACH = 24;

/** Whether the mention at this place of a lower-case text is denied by the words right before it. */
export function isDenied(text: string, at: number): boolean {
  return DENIAL.test(text.slice(Math.max(0, at - REACH), at));
}

/** Whether the text has a mention that is not denied. `pattern` is not global; only its first place in the text is looked at. */
export function mentions(pattern: RegExp, text: string): boolean {
  const at = text.search(pattern);
  return at !== -1 && !isDenied(text, at);
}

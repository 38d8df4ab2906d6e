/** Markup that players interpret in captions of SubRip, WebVTT and SubStation: it was not said. */
const MARKUP = /<\/?(?:b|i|u|s|c|v|font|ruby|rt|lang)\b[^<>]*>|\{\\[^{}]*\}/gi;

/** The words of a caption, on one line. */
export function plainCaption(text: string): string {
  return text
    .replaceAll(MARKUP, '')
    .replaceAll(/\\[Nnh]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

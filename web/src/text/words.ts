/** A sentence begins with a capital, also where the API's words go on from a field's name. */
export const capital = (text: string) => (text ? text[0]!.toUpperCase() + text.slice(1) : text);

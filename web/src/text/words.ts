/** Capitalizes a sentence, such as the API's texts that continue a field's name. */
export const capital = (text: string) => (text ? text[0]!.toUpperCase() + text.slice(1) : text);

export function currentTypes(url: string): Promise<string>;
export function areCurrent(url: string): Promise<boolean>;

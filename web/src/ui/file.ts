/** Opens a file in its own tab, to be printed; saves it if the browser does not open a tab. */
export function openFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  if (!window.open(url, "_blank")) {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }
  // The tab has long read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

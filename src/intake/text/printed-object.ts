/**
 * An object or a list as a language prints it, in place of its members: what `ConvertTo-Json` writes below its depth (2, unless
 * `-Depth` says more) and `Export-Csv` into a cell; the classes of AzureADPreview; JavaScript and Python.
 */
const PRINTED = [
  /^@\{.*\}$/s,
  /^System\.(Object|String|Int32)\[\]$/,
  /^System\.Collections\.[\w.]+.*$/s,
  /^Microsoft\.(Graph|Open)\.[\w.]+\.\w+(\[\])?$/,
  /^class \w+ \{.*\}\s*$/s,
  /^\[object \w+\]$/,
  /^<[\w.]+ object at 0x[0-9a-f]+>$/i,
];

export function isPrintedObject(value: unknown): boolean {
  return typeof value === 'string' && PRINTED.some((form) => form.test(value));
}

/** A number plate as it is compared, however it is spaced, dotted and written: 鄂S·12345, 鄂s 12345 and 鄂Ｓ１２３４５ are one plate. */
export function plateKey(plate: string): string {
  return plate
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•.-]/g, '');
}

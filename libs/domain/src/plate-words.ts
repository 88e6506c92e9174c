/** 鄂S8K217 → 鄂S·8K217, as it is painted on the door; what is no Chinese plate stays as it is. */
export function plateWords(plate: string): string {
  return plate.replace(/^([\u4e00-\u9fff][A-Z])([A-Z0-9]{4,6})$/, '$1·$2');
}

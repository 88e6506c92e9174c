/** In both languages: whoever is handed a pack may have neither our screens nor us. */
export function readme(alertId: string): string {
  return `MuckWatch 渣土通 · 证据包 / evidence pack
${alertId}

文件
  report.pdf       报告：事项、时间、地点、曲线、图片、处理记录、完整性
  alert.json       告警全文、规则及其限值、每一步处理（谁、何时、理由）
  versions.json    判定所依据的版本：限值、车辆、终端绑定、核准、场所、路线、抓拍机
  places.geojson   当时有效的场所和路线
  track.*          轨迹（WGS-84）：GeoJSON、GPX、CSV;CSV 和 GeoJSON 含存疑的点
  series.csv       速度、载重、斗角、斗位、顶盖、点火的原始值，空格为未上报
  sightings.json   抓拍记录            pictures/   图片，以其 SHA-256 命名
  notices.json     告知与答复          commands.json  下发的指令
  sealed.json      封存的证据原文（如已封存）
  manifest.json    清单：每个文件的长度和 SHA-256，时间（UTC 和当地），导出人，封存，审计封条
  SHA256SUMS       所有文件的 SHA-256

核对
  解压后在目录中运行：sha256sum -c SHA256SUMS
  逐项核对（不需要服务器）: npm run evidence:verify -- pack.zip
  清单的 SHA-256 印在报告上，并记录在系统审计的导出记录中：三者一致，才是系统导出的那一份。

系统自动记录的是线索；是否违法由人核实、由有权机关认定。

Files
  report.pdf       the report, in Chinese
  alert.json       the alert, its rule and limits, every step of a person
  versions.json    what it was judged by, as it stood at the time; places.geojson as geometry
  track.*          the track (WGS-84); CSV and GeoJSON with the points that were doubted
  series.csv       raw sensor values; an empty cell is «not said»
  sightings.json, pictures/, notices.json, commands.json
  sealed.json      the sealed evidence, byte for byte (where it is sealed)
  manifest.json    every file's length and SHA-256, times (UTC and city), exporter, seal
  SHA256SUMS       the SHA-256 of every file

Check
  unpacked, in the folder: sha256sum -c SHA256SUMS
  in full, without a server: npm run evidence:verify -- pack.zip
  The manifest's SHA-256 stands on the report and in the row of this export in the audit:
  only where all three agree is it the pack that the system exported.

What the system recorded by itself is a lead; people and the authorities in charge decide.
`;
}

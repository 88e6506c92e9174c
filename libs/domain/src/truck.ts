/** A muck truck 渣土车 as registered. */
export interface Truck {
  id: string;
  plate: string;
  companyId: string;
  ratedLoadKg: number | null;
  boxM3: number | null;
  colour: string | null;
}

/** On-board unit 车载终端: which truck it reports for. */
export interface Terminal {
  id: string;
  truckId: string;
}

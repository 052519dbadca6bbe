/** A vessel's mass. Flows are what moved in the last step, kg/s. */
export type Vessel = { readonly id: string; readonly capacityKg: number; kg: number; inflow: number; outflow: number };
/** A way for mass between two vessels, or to and from the world outside. `wanted` is kg/s; `moved` what really went. */
export type Transfer = { readonly from?: Vessel; readonly to?: Vessel; wanted: number; moved: number };

/** The plant's mass balance: nothing is made or lost but through the transfers that lead outside. */
export type Inventory = {
  vessel(id: string, capacityKg: number, kg: number): Vessel;
  find(id: string): Vessel | undefined;
  transfer(from: Vessel | undefined, to: Vessel | undefined): Transfer;
  /** Mass in all vessels, kg. */
  total(): number;
  /** Mass that has come in from outside less what has gone out, kg. */
  readonly received: number;
  step(dt: number): void;
};

export const createInventory = (): Inventory => {
  const vessels = new Map<string, Vessel>();
  const transfers: Transfer[] = [];
  let received = 0;
  return {
    vessel(id, capacityKg, kg) {
      const vessel = { id, capacityKg, kg, inflow: 0, outflow: 0 };
      vessels.set(id, vessel);
      return vessel;
    },
    find: (id) => vessels.get(id),
    transfer(from, to) {
      const transfer: Transfer = { ...(from && { from }), ...(to && { to }), wanted: 0, moved: 0 };
      transfers.push(transfer);
      return transfer;
    },
    total: () => [...vessels.values()].reduce((sum, { kg }) => sum + kg, 0),
    get received() {
      return received;
    },
    step(dt) {
      for (const vessel of vessels.values()) vessel.inflow = vessel.outflow = 0;
      for (const transfer of transfers) {
        const { from, to } = transfer;
        const most = Math.min(transfer.wanted * dt, from === undefined ? Infinity : from.kg, to === undefined ? Infinity : to.capacityKg - to.kg);
        const mass = Math.max(0, most);
        transfer.moved = mass / dt;
        if (from === undefined) received += mass;
        else {
          from.kg -= mass;
          from.outflow += transfer.moved;
        }
        if (to === undefined) received -= mass;
        else {
          to.kg += mass;
          to.inflow += transfer.moved;
        }
      }
    },
  };
};

/** Percent of capacity. */
export const levelOf = (vessel: Vessel): number => (100 * vessel.kg) / vessel.capacityKg;

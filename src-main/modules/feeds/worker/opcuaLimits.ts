import { AttributeIds, resolveNodeId, VariableIds, type ClientSession } from 'node-opcua-client';

/** What one request to this server may hold. A server that states nothing, or 0, gets our own bounds. */
export type ServerLimits = { readonly read: number; readonly browse: number; readonly itemsPerCall: number; readonly itemsPerSubscription: number; readonly historyReadData: number };

const OWN: ServerLimits = { read: 500, browse: 500, itemsPerCall: 1_000, itemsPerSubscription: 1_000, historyReadData: 50 };
const IDS: Readonly<Record<keyof ServerLimits, VariableIds>> = {
  read: VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
  browse: VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
  itemsPerCall: VariableIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
  itemsPerSubscription: VariableIds.Server_ServerCapabilities_MaxMonitoredItemsPerSubscription,
  historyReadData: VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerHistoryReadData,
};

/** Reads what the server states of its limits (IEC 62541-5 §6.3.11); never more than our own bounds. */
export const readLimits = async (session: ClientSession): Promise<ServerLimits> => {
  const names = Object.keys(IDS) as (keyof ServerLimits)[];
  const values = await session.read(names.map((name) => ({ nodeId: resolveNodeId(IDS[name]), attributeId: AttributeIds.Value })));
  const limits: Record<keyof ServerLimits, number> = { ...OWN };
  for (const [index, name] of names.entries()) {
    const stated: unknown = values[index]?.value?.value;
    if (typeof stated === 'number' && stated > 0) limits[name] = Math.min(stated, OWN[name]);
  }
  return limits;
};

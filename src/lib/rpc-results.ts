/** Apart from `rpc.ts`, so that the contracts are fetched while the first page is drawn, not before it. */
export { rpcResults } from "@contracts";

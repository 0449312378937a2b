// The roles columns of orders can serve, and where a mapping names their columns.
//
// In: a mapping. Out: its columns by role.

import type { Mapping, Role } from "feilun";

type RoleField = Exclude<keyof Mapping, "dimensions">;

const FIELDS: Record<Role, RoleField> = {
  customer_id: "customerId",
  ordered_at: "orderedAt",
  amount: "amount",
  order_id: "orderId",
  status: "status",
  refund_amount: "refundAmount",
  store_id: "storeId",
  channel: "channel",
  inviter_id: "inviterId",
  joined_at: "joinedAt",
  first_order_at: "firstOrderAt",
  fulfilment: "fulfilment",
  staff_id: "staffId",
  category: "category",
  coupon_id: "couponId",
  is_presale: "isPresale",
  promised_to: "promisedTo",
  picked_up_at: "pickedUpAt",
  cost: "cost",
};

/** Every role, required ones first. */
export const ROLES = Object.keys(FIELDS) as Role[];

/** The field of a mapping that names a role's column. */
export function mappingField(role: Role): RoleField {
  return FIELDS[role];
}

/** The column that serves a role. */
export function columnOf(mapping: Mapping, role: Role): string | null {
  return mapping[FIELDS[role]] ?? null;
}

import type { Source } from './execute.ts';
import { fulfillmentCreate } from './fulfillment-create.ts';
import { fulfillmentOrderHold } from './fulfillment-order-hold.ts';
import { fulfillmentOrderMerge } from './fulfillment-order-merge.ts';
import { fulfillmentOrderReleaseHold } from './fulfillment-order-release.ts';
import { fulfillmentOrderSplit } from './fulfillment-order-split.ts';
import { fulfillmentCancel, fulfillmentTrackingInfoUpdate } from './fulfillment-writes.ts';
import {
  fulfillmentOrderAcceptCancellationRequest,
  fulfillmentOrderAcceptFulfillmentRequest,
  fulfillmentOrderClose,
  fulfillmentOrderRejectCancellationRequest,
  fulfillmentOrderRejectFulfillmentRequest,
} from './fulfillment-answers.ts';
import { fulfillmentOrderMove } from './fulfillment-order-move.ts';
import {
  fulfillmentOrderCancel,
  fulfillmentOrderOpen,
  fulfillmentOrderReportProgress,
} from './fulfillment-order-progress.ts';
import {
  fulfillmentOrderSubmitCancellationRequest,
  fulfillmentOrderSubmitFulfillmentRequest,
} from './fulfillment-requests.ts';
import { metafieldsDelete } from './metafields-delete.ts';
import { metafieldsSet } from './metafields-set.ts';
import { orderCancel } from './order-cancel.ts';
import { orderCreate } from './order-create.ts';
import {
  orderEditAddCustomItem,
  orderEditAddVariant,
  orderEditBegin,
  orderEditSetQuantity,
} from './order-edit.ts';
import { orderEditCommit } from './order-edit-commit.ts';
import { flowTriggerReceive } from './flow.ts';
import { refundCreate } from './refund-create.ts';
import { orderClose, orderDelete, orderOpen, orderUpdate, tagsAdd, tagsRemove } from './order-writes.ts';

/** Every mutation of the sandbox; all others answer NOT_IMPLEMENTED. */
export const mutations: Source = {
  orderCreate,
  orderCancel,
  orderUpdate,
  orderDelete,
  orderClose,
  orderOpen,
  orderEditBegin,
  orderEditAddCustomItem,
  orderEditAddVariant,
  orderEditSetQuantity,
  orderEditCommit,
  refundCreate,
  flowTriggerReceive,
  tagsAdd,
  tagsRemove,
  metafieldsSet,
  metafieldsDelete,
  fulfillmentOrderHold,
  fulfillmentOrderReleaseHold,
  fulfillmentOrderSplit,
  fulfillmentOrderMerge,
  fulfillmentOrderMove,
  fulfillmentOrderOpen,
  fulfillmentOrderClose,
  fulfillmentOrderCancel,
  fulfillmentOrderReportProgress,
  fulfillmentOrderSubmitFulfillmentRequest,
  fulfillmentOrderAcceptFulfillmentRequest,
  fulfillmentOrderRejectFulfillmentRequest,
  fulfillmentOrderSubmitCancellationRequest,
  fulfillmentOrderAcceptCancellationRequest,
  fulfillmentOrderRejectCancellationRequest,
  fulfillmentCreate,
  fulfillmentCancel,
  fulfillmentTrackingInfoUpdate,
};

"""The outbox: emails frozen in the transaction of their action, sent by the worker, never twice."""

"""The outbox: letters frozen in the transaction of their action, sent by the worker, never twice."""

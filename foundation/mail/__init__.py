"""The outbox: emails frozen in the transaction of the deed that caused them, sent by the worker, never twice."""

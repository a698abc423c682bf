"""What must never happen, tried by force. Each drill counts, and fails if something was lost or doubled."""

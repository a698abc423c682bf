"""The desk's pages of the group's people: roster, sheets, links."""

"""A meeting from its call to its published report, and the answers that members give in between."""

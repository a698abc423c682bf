"""Who takes part: people, departments, working groups, dated memberships, offices and their sheets."""

"""The ground floor: whose data, who is asking, what happened."""

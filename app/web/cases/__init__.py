"""Cases: the page of a case, and the player of its walks."""

"""What a workspace's decisions teach: gathered, studied, fitted, and tried on left-out articles."""

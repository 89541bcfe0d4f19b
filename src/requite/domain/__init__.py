"""What the business knows: decisions about one account, amount, deadline. Standard library only."""

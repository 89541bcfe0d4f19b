"""What templates show: money, days, words."""

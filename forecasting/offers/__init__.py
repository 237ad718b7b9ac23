"""What is asked for each product, and how its sales answered to such offers before."""

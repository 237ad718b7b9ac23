"""What people do at a command line: load data, train, test, forecast everything."""

"""The forecasts people were told, so that a revision or a miss is held against those."""

"""What every page of this room is put together from."""

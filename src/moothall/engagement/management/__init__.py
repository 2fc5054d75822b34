"""Commands of this room for `moothall manage`."""

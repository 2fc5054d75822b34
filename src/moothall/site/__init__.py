"""The composition root: settings, routes and the server's entry. The only room that knows everyone."""

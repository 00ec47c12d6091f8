sig gallery export

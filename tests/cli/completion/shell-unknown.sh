sig completion fish

exported raw raw

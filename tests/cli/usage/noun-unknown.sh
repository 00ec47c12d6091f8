sig frobnicate

# Files of at most 600 lines; functions of at most 60 lines that nest at most 3 deep. Relies on .clang-format: the brace
# of a function stands alone in the first column.

FNR == 1 { start = 0 }
FNR == 601 { report("the file is longer than 600 lines") }

{ line = code() }

/^\{$/ { start = FNR }
/^\}$/ && start {
    if (FNR - start - 1 > 60) report("a function of " FNR - start - 1 " lines; 60 are the most")
    start = 0
}
start && line ~ /^                +(if|for|while|do|switch) *[({]/ { report("nests deeper than 3") }

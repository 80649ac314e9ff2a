# CPU seconds of R's survey package for a few items by office, and its figures. The data frame holds all
# items, as a statistician's would: svyby copies it for every office.
# Rscript timing.R DATA.csv FIGURES.csv item …
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
items <- arguments[-(1:2)]
data <- read.csv(arguments[1], colClasses = "numeric")
for (item in items) data[[item]][data[[item]] == 0] <- NA
cpu <- function() { t <- proc.time(); sum(t[c("user.self", "sys.self")]) }
start <- cpu()
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data)
ready <- cpu()
found <- lapply(items, function(item) {
  figures <- svyby(as.formula(paste0("~", item)), ~office, design, svymean, na.rm = TRUE)
  data.frame(item = item, office = figures$office, estimate = coef(figures), se = SE(figures))
})
done <- cpu()
write.csv(format(do.call(rbind, found), digits = 17, trim = TRUE), arguments[2], row.names = FALSE, quote = FALSE)
cat(ready - start, done - ready, "\n")

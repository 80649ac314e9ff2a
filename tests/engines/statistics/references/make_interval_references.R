# Makes intervals.json: shares and their intervals by every method of R's `survey` package (Debian's 4.1-1;
# needs jsonlite), at three confidence levels, from the data that make_references.R wrote.
#
#   Rscript make_interval_references.R
#
# Run in this folder. That version has no Wilson interval: it is made here from the published formula, with
# the effective sample size of Korn and Graubard (1998) that `svyciprop("beta")` uses.

suppressMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "fail", warn = 1)
syn <- read.csv("synthetic.csv"); strat <- read.csv("apistrat.csv"); clus <- read.csv("apiclus1.csv")
two <- read.csv("apiclus2.csv")

wilson <- function(design, level) {
  m <- svymean(~hit__, design)
  p <- coef(m)[1]; alpha <- 1 - level
  n <- p * (1 - p) / vcov(m)[1] * (qt(alpha / 2, nrow(design) - 1) / qt(alpha / 2, degf(design)))^2
  z <- qnorm(1 - alpha / 2)
  # (p - P)^2 = z^2 P (1 - P) / n, solved for P
  sort(Re(polyroot(c(p^2, -(2 * p + z^2 / n), 1 + z^2 / n))))
}

cases <- list()
add <- function(name, data, roles, design, item, codes, by = NULL) {
  d <- subset(design, !is.na(design$variables[[item]]))
  d <- update(d, hit__ = as.numeric(d$variables[[item]] %in% codes))
  groups <- if (is.null(by)) NA else sort(unique(d$variables[[by]]))
  for (level in c(0.9, 0.95, 0.99)) for (method in c("mean", "logit", "xlogit", "asin", "beta", "wilson")) {
    rows <- list()
    for (g in groups) {
      s <- if (is.null(by)) d else d[d$variables[[by]] == g, ]
      m <- svymean(~hit__, s)
      if (coef(m) <= 0 || coef(m) >= 1 || degf(s) <= 0) next
      found <- if (method != "wilson") svyciprop(~hit__, s, method = method, level = level)
      ci <- if (method == "wilson") wilson(s, level) else unname(attr(found, "ci"))
      # svyciprop("logit") may stop short of the share, and takes t through a normal probability that rounds to 1.
      if (method == "logit" && (abs(c(found)[1] / coef(m) - 1) > 1e-9 || qt(1 - (1 - level) / 2, degf(s)) > 5)) next
      # svyciprop("asin") goes on past 0 and 1, where the sine comes back; such a bound is no bound.
      half <- qt(1 - (1 - level) / 2, degf(s)) * SE(m) / (2 * sqrt(coef(m) * (1 - coef(m))))
      if (method == "asin" && (asin(sqrt(coef(m))) < half || asin(sqrt(coef(m))) + half > pi / 2)) next
      rows[[length(rows) + 1]] <- list(by = if (is.null(by)) setNames(list(), character()) else setNames(list(g), by), n = nrow(s),
        estimate = unname(coef(m)), se = unname(SE(m)[1]), df = degf(s), lower = ci[1], upper = ci[2])
    }
    cases[[length(cases) + 1]] <<- list(name = paste(name, method, level), data = data, design = roles, item = item,
      codes = I(codes), by = I(as.character(by)), method = method, level = level, rows = rows)
  }
}
full <- list(weight = "weight", stratum = "stratum", psu = "psu"); withfpc <- c(full, fpc = "nh")
D <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = syn)
Df <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~nh, data = syn)
add("rare answer", "synthetic", full, D, "q3", 1)
add("rare answer by office", "synthetic", withfpc, Df, "q2", 1, "office")
add("two best by office", "synthetic", full, D, "q3", 4:5, "office")
add("two best by age", "synthetic", withfpc, Df, "q2", 4:5, "age")
add("promoters by age", "synthetic", full, D, "nps", 9:10, "age")
add("simple sample", "synthetic", setNames(list(), character()), svydesign(ids = ~1, weights = ~1, data = syn), "q2", 5, "office")
add("clusters of schools", "apiclus1", list(psu = "dnum", weight = "pw", fpc = "fpc"), svydesign(id = ~dnum, weights = ~pw, data = clus, fpc = ~fpc), "api00", clus$api00[clus$api00 > 650])
add("two stages", "apiclus2", list(psu = "dnum", psu2 = "snum", fpc = "fpc1", fpc2 = "fpc2", weight = "pw2"), svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = two), "api00", two$api00[two$api00 > 650])
write(toJSON(list(versions = list(R = R.version.string, survey = as.character(packageVersion("survey"))), cases = cases),
             auto_unbox = TRUE, digits = NA, null = "null", na = "null"), "intervals.json")
cat(length(cases), "cases,", sum(sapply(cases, function(x) length(x$rows))), "intervals\n")

# Makes the reference figures of weighting with R's `survey` package (Debian: r-cran-survey, written
# against 4.1-1; needs jsonlite), from the data that make_references.R wrote.
#
#   Rscript make_weighting_references.R
#
# Run in this folder. Weights and standard errors come from `postStratify` and `calibrate`; the arithmetic
# beside the calls is confined to t quantiles, differences and totals of zero-filled columns.

suppressMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "fail", warn = 1)
set.seed(19520601)

syn <- read.csv("synthetic.csv")
syn$sex <- sample(c("f", "m"), nrow(syn), TRUE, c(.6, .4))
syn$channel <- ifelse(syn$psu %% 4 == 0, "phone", "desk")
syn$matter <- ifelse(runif(nrow(syn)) < .08, NA, sample(1:3, nrow(syn), TRUE))
write.csv(syn, "weighting.csv", row.names = FALSE)

cases <- list()
add <- function(name, margins, rows, ..., design = "full") cases[[length(cases) + 1]] <<-
  c(list(name = name, design = design, margins = margins, ...), list(rows = rows))
row <- function(...) lapply(list(...), function(x) if (is.list(x)) x else unname(x))
# A margin as the tests read it: dimensions, and the population of every combination of labels.
margin <- function(dims, table, ...) list(dims = as.list(dims), labels = unname(lapply(seq_len(nrow(table)), function(i)
  unname(lapply(dims, function(d) table[[d]][i])))), population = as.list(table$Freq), ...)
# A population that is off the sample by up to a third, with a total of its own.
population <- function(dims, data, total, spread = .35) {
  found <- as.data.frame(xtabs(as.formula(paste("weight ~", paste(dims, collapse = " + "))), data), stringsAsFactors = FALSE)
  for (d in dims) if (is.numeric(data[[d]])) found[[d]] <- as.numeric(found[[d]])
  found <- found[found$Freq > 0, ]
  found$Freq <- found$Freq * runif(nrow(found), 1 - spread, 1 + spread)
  found$Freq <- found$Freq / sum(found$Freq) * total
  found
}

## ---- figures of a weighted design ------------------------------------------------------------------

tint <- function(est, se, df) if (df > 0) est + c(-1, 1) * qt(.975, df) * se else c(NA, NA)
groups_of <- function(data, by) {
  if (is.null(by)) return(list(list()))
  g <- unique(data[, by, drop = FALSE]); g <- g[do.call(order, g), , drop = FALSE]
  lapply(seq_len(nrow(g)), function(i) as.list(g[i, , drop = FALSE]))
}
inside <- function(design, group) {
  keep <- rep(TRUE, nrow(design$variables))
  for (b in names(group)) keep <- keep & design$variables[[b]] %in% group[[b]]
  design[keep, ]
}
mean_rows <- function(design, variable, by = NULL) {
  d <- subset(design, !is.na(design$variables[[variable]]))
  lapply(groups_of(design$variables, by), function(g) {
    s <- inside(d, g)
    m <- svymean(as.formula(paste0("~", variable)), s, deff = "replace", na.rm = TRUE)
    ci <- tint(coef(m), c(SE(m)), degf(s))
    row(by = g, n = sum(weights(s) > 0), estimate = coef(m), se = c(SE(m)), df = degf(s), lower = ci[1], upper = ci[2], deff = c(deff(m)))
  })
}
zero <- function(x) ifelse(is.na(x), 0, x)
function_rows <- function(design, expression, by = NULL) {
  d <- update(design, s1 = zero(q1), s2 = zero(q2), s3 = zero(q3), m1 = 0 + !is.na(q1), m2 = 0 + !is.na(q2), m3 = 0 + !is.na(q3),
    w1 = zero(i1), w2 = zero(i2), w3 = zero(i3), v1 = 0 + !is.na(i1), v2 = 0 + !is.na(i2), v3 = 0 + !is.na(i3),
    e1 = 0 + (zero(emphasis) == 1), asked = 1, happy = 0 + (zero(q1) >= 4))
  lapply(groups_of(design$variables, by), function(g) {
    totals <- svytotal(~s1 + s2 + s3 + m1 + m2 + m3 + w1 + w2 + w3 + v1 + v2 + v3 + e1 + asked + happy, inside(d, g))
    f <- svycontrast(totals, expression)
    row(by = g, estimate = coef(f), se = c(SE(f)))
  })
}
csi <- quote(100 / 4 * (w1 / v1 * (s1 / m1 - 1) + w2 / v2 * (s2 / m2 - 1) + w3 / v3 * (s3 / m3 - 1)) / (w1 / v1 + w2 / v2 + w3 / v3))
isr <- quote(e1 / asked * (1 - happy / m1))
moved <- function(design, variable, split, a, b) {
  y <- zero(design$variables[[variable]]); known <- 0 + !is.na(design$variables[[variable]]); k <- design$variables[[split]]
  D <- update(design, ya = y * (k == a), na = known * (k == a), yb = y * (k == b), nb = known * (k == b))
  f <- svycontrast(svytotal(~ya + na + yb + nb, D), quote(yb / nb - ya / na))
  d <- D[known == 1 & k %in% c(a, b), ]
  df <- degf(d) - 1; ci <- tint(coef(f), c(SE(f)), df)
  row(by = list(), n = sum(weights(d) > 0), estimate = coef(f), se = c(SE(f)), df = df, lower = ci[1], upper = ci[2])
}
# Everything that must follow from a weighting.
everything <- function(name, D, margins, ..., changed = TRUE, design = "full") {
  D <- update(D, nps_s = ifelse(nps >= 9, 100, ifelse(nps <= 6, -100, 0)), top = 0 + (q3 >= 4))
  put <- function(what, rows, ...) add(paste(name, what, sep = ": "), margins, rows, statistic = what, ..., design = design)
  fit <- list(...)
  g <- range(weights(D)) / mean(weights(D))
  with <- function(what, rows, ...) do.call(put, c(list(what, rows), fit, list(...)))
  with("weights", list(list(first = head(weights(D), 200), lower = g[1], upper = g[2], effective = sum(weights(D))^2 / sum(weights(D)^2))))
  with("mean", mean_rows(D, "q2"), item = "q2")
  with("mean", mean_rows(D, "q2", "office"), item = "q2", by = list("office"))
  with("mean", mean_rows(D, "q1", c("age", "sex")), item = "q1", by = list("age", "sex"))
  with("top2", mean_rows(D, "top", "age"), item = "q3", by = list("age"))
  with("nps", mean_rows(D, "nps_s", "sex"), item = "nps", by = list("sex"))
  with("csi", function_rows(D, csi, "age"), by = list("age"))
  with("is_rating", function_rows(D, isr), item = "q1")
  if (changed) {
    with("change", list(moved(D, "q2", "wave", 2025, 2026)), item = "q2", pair = list(2025, 2026))
    with("contrast", list(moved(D, "q3", "office", 3, 2)), item = "q3", pair = list(2, 3))
  }
}

## ---- weightings ---------------------------------------------------------------------------------------

full <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~nh, data = syn)
total <- sum(syn$weight)
exactly <- function(...) calibrate(..., epsilon = 1e-13, maxit = 500)
age <- population("age", syn, total); sex <- population("sex", syn, total, .2); channel <- population("channel", syn, total, .2)
crossed <- population(c("age", "sex"), syn, 3.7 * total)
everything("post-strata of age", postStratify(full, ~age, age), list(margin("age", age)))
everything("post-strata of age and sex", postStratify(full, ~age + sex, crossed), list(margin(c("age", "sex"), crossed)))

three <- function(a, s, c) c(`(Intercept)` = sum(a$Freq), setNames(a$Freq[-1], paste0("factor(age)", a$age[-1])),
  setNames(s$Freq[-1], paste0("sex", s$sex[-1])), setNames(c$Freq[-1], paste0("channel", c$channel[-1])))
formula3 <- ~factor(age) + sex + channel
margins3 <- list(margin("age", age), margin("sex", sex), margin("channel", channel))
known3 <- three(age, sex, channel)
everything("raking", exactly(full, formula3, known3, calfun = "raking"), margins3)
everything("linear", exactly(full, formula3, known3, calfun = "linear"), margins3, distance = "linear")
everything("logit with bounds", exactly(full, formula3, known3, calfun = "logit", bounds = c(.5, 2)), margins3, distance = "logit", ratio = c(.5, 2))
everything("raking with bounds", exactly(full, formula3, known3, calfun = "raking", bounds = c(.68, 1.43)), margins3, ratio = c(.68, 1.43))
everything("linear with bounds", exactly(full, formula3, known3, calfun = "linear", bounds = c(.68, 1.43)), margins3, distance = "linear", ratio = c(.68, 1.43))
mean_weight <- total / nrow(syn)
limits <- list(lower = .2 * mean_weight, upper = 3 * mean_weight)
trimmed <- exactly(full, formula3, known3, calfun = "linear", bounds = limits, bounds.const = TRUE)
everything("linear with trimmed weights", trimmed, margins3, distance = "linear", trim = c(.2, 3))
trimmed <- exactly(full, formula3, known3, calfun = "raking", bounds = limits, bounds.const = TRUE)
everything("raking with trimmed weights", trimmed, margins3, trim = c(.2, 3))

## A population of another size: the bounds of R are then those of the ratio times the size.
# R's own derivative of bounded raking is 0 in places where the function is not flat, and the search stops there.
steps <- make.calfun(Fm1 = cal.raking$Fm1, dF = function(u, bounds) ifelse(exp(u) < bounds$upper & exp(u) > bounds$lower, exp(u), 0), name = "raking")
bigger <- lapply(list(age, sex, channel), function(m) { m$Freq <- 1.2 * m$Freq; m })
larger <- exactly(full, formula3, 1.2 * known3, calfun = steps, bounds = 1.2 * c(.68, 1.43))
everything("raking with bounds, another size", larger, list(margin("age", bigger[[1]]), margin("sex", bigger[[2]]), margin("channel", bigger[[3]])), ratio = c(.68, 1.43), changed = FALSE)

## Every office (or wave) on its own.
inner <- function(dim) {
  t <- population(c(dim, "age"), syn, total)
  sums <- aggregate(syn$weight, list(syn[[dim]]), sum)
  for (k in unique(t[[dim]])) t$Freq[t[[dim]] == k] <- t$Freq[t[[dim]] == k] / sum(t$Freq[t[[dim]] == k]) * sums$x[sums[, 1] == k]
  t
}
for (dim in c("office", "wave")) {
  t <- inner(dim)
  D <- exactly(full, as.formula(paste0("~0 + factor(", dim, "):factor(age)")), t$Freq[order(t$age, t[[dim]])], calfun = "raking")
  everything(paste("within every", dim), D, list(margin(c(dim, "age"), t)), within = dim)
}

## People without a value are set apart: the others divide as the population does.
shares <- data.frame(matter = 1:3, Freq = c(.5, .3, .2))
for (k in 1:3) syn[[paste0("x", k)]] <- ifelse(is.na(syn$matter), 0, (syn$matter == k) - shares$Freq[k])
apart <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~nh, data = syn)
known <- c(`(Intercept)` = total, setNames(age$Freq[-1], paste0("factor(age)", age$age[-1])), x1 = 0, x2 = 0)
everything("some without a value", exactly(apart, ~factor(age) + x1 + x2, known, calfun = "raking"),
  list(margin("age", age), margin("matter", shares, shares = TRUE, missing = "apart")))

## Simple samples, lonely PSUs and two stages.
api <- function(file, ids, strata, weights, fpc, lonely, roles, name) {
  d <- read.csv(file); options(survey.lonely.psu = lonely)
  d$weight <- d[[weights]]
  D <- svydesign(ids = ids, strata = strata, weights = as.formula(paste0("~", weights)), fpc = fpc, data = d)
  t <- population("stype", d, sum(d$weight)); a <- population("awards", d, sum(d$weight), .2)
  known <- c(`(Intercept)` = sum(t$Freq), setNames(t$Freq[-1], paste0("stype", t$stype[-1])), awardsYes = a$Freq[a$awards == "Yes"])
  D <- exactly(D, ~stype + awards, known, calfun = "raking")
  m <- list(margin("stype", t), margin("awards", a))
  for (by in list(NULL, "stype", "sch.wide")) add(paste(c(name, by), collapse = " by "), m, mean_rows(D, "api00", by), statistic = "mean", item = "api00",
      by = as.list(by), design = roles, data = sub(".csv", "", file))
  options(survey.lonely.psu = "fail")
}
api("apistrat.csv", ~1, ~stype, "pw", ~fpc, "fail", list(stratum = "stype", weight = "pw", fpc = "fpc"), "apistrat")
api("apiclus1.csv", ~dnum, NULL, "pw", ~fpc, "fail", list(psu = "dnum", weight = "pw", fpc = "fpc"), "apiclus1")
api("apiclus2.csv", ~dnum + snum, NULL, "pw2", ~fpc1 + fpc2, "fail", list(psu = "dnum", psu2 = "snum", fpc = "fpc1", fpc2 = "fpc2", weight = "pw2"), "apiclus2, two stages")
for (rule in c("remove", "certainty", "adjust", "average"))
  api("apiclus1.csv", ~1, ~dnum, "pw", NULL, rule, list(stratum = "dnum", weight = "pw", lonely_psu = rule), paste("lonely PSUs,", rule))

write(toJSON(list(versions = list(R = R.version.string, survey = as.character(packageVersion("survey"))), cases = cases),
             auto_unbox = TRUE, digits = NA, null = "null", na = "null", pretty = 1), "weighting.json")
cat(length(cases), "cases\n")

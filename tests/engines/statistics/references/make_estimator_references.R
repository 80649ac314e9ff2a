# Makes the reference figures of quantiles, ratios, reliability, representativity and of the corners of
# means and shares, with R's `survey` package (written against Debian's r-cran-survey 4.1-1; jsonlite).
#
#   Rscript make_estimator_references.R
#
# Run in this folder, after make_references.R, whose data sets it reads. As there, the arithmetic beside the
# calls is confined to t quantiles, differences and zero-filled columns.

suppressMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "fail", warn = 1)
data(api)

cases <- list()
add <- function(name, data, design, statistic, rows, ...)
  cases[[length(cases) + 1]] <<- c(list(name = name, data = data, design = design, statistic = statistic, ...), list(rows = rows))
row <- function(...) lapply(Filter(Negate(is.null), list(...)), function(x) if (is.list(x)) x else unname(x))
tint <- function(est, se, df) if (df > 0) est + c(-1, 1) * qt(.975, df) * se else c(NA, NA)

## ---- data -----------------------------------------------------------------------------------------

syn <- read.csv("synthetic.csv")
lonely <- read.csv("lonely.csv")
set.seed(19520901)
# Minutes waited: nearly every answer its own; minutes promised: few values, many ties.
syn$waited <- ifelse(runif(nrow(syn)) < .07, NA, round(rgamma(nrow(syn), 2, .15) + .3 * syn$age, 3))
syn$promised <- ifelse(runif(nrow(syn)) < .05, NA, 5 * sample(1:8, nrow(syn), TRUE))
write.csv(syn[, c("office", "stratum", "psu", "nh", "weight", "age", "waited", "promised", "q1", "q2", "q3")],
          "waiting.csv", row.names = FALSE)
write.csv(apistrat[, c("stype", "pw", "fpc", "api00", "api.stu", "enroll")], "schools.csv", row.names = FALSE)

full <- list(weight = "weight", stratum = "stratum", psu = "psu")
withfpc <- c(full, fpc = "nh")
D <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = syn)
Df <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~nh, data = syn)
strat <- list(stratum = "stype", weight = "pw", fpc = "fpc")
astrat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
aclus2 <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2)
L <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = lonely)

groups_of <- function(d, by) if (is.null(by)) list(list()) else {
  g <- unique(d$variables[, by, drop = FALSE]); g <- g[do.call(order, g), , drop = FALSE]
  lapply(seq_len(nrow(g)), function(i) as.list(g[i, , drop = FALSE]))
}
inside <- function(d, g) { keep <- rep(TRUE, nrow(d$variables)); for (b in names(g)) keep <- keep & d$variables[[b]] == g[[b]]; d[keep, ] }
answered <- function(design, ...) { v <- design$variables[, c(...), drop = FALSE]; design[rowSums(is.na(v)) == 0, ] }

## ---- the table of the design paper, by its own calls ----------------------------------------------------

# svyby itself, with the fpc of the first stage, for every item and office at once.
for (v in c("q1", "q2", "q3")) {
  f <- as.formula(paste0("~", v))
  b <- svyby(f, ~office, Df, svymean, na.rm = TRUE)
  add(paste("svyby:", v, "by office"), "synthetic", withfpc, "mean", lapply(seq_len(nrow(b)), function(i)
    row(by = list(office = b$office[i]), estimate = b[[v]][i], se = SE(b)[i],
        df = degf(answered(subset(Df, office == b$office[i]), v)))), item = v, by = as.list("office"))
}
b <- svyby(~q2, ~office + age, Df, svymean, na.rm = TRUE)
add("svyby: q2 by office and age", "synthetic", withfpc, "mean", lapply(seq_len(nrow(b)), function(i)
  row(by = list(office = b$office[i], age = b$age[i]), estimate = b$q2[i], se = SE(b)[i])), item = "q2", by = as.list(c("office", "age")))
b <- svyby(~factor(q2), ~office, Df, svymean, na.rm = TRUE)
for (k in 1:5) add(paste("svyby: share of", k), "synthetic", withfpc, "share", lapply(seq_len(nrow(b)), function(i)
  row(by = list(office = b$office[i]), estimate = b[[paste0("factor(q2)", k)]][i], se = SE(b)[[k]][i])), item = "q2", value = k, by = as.list("office"), method = "t")
m <- svymean(~factor(q3), Df, na.rm = TRUE)
for (k in 1:5) add(paste("svymean: share of", k), "synthetic", withfpc, "share",
  list(row(by = list(), estimate = coef(m)[k], se = SE(m)[k])), item = "q3", value = k, by = list(), method = "t")

## ---- design effects and lonely PSUs in domains -------------------------------------------------------------

mean_rows <- function(design, variable, by = NULL, codes = NULL) {
  d <- answered(design, variable)
  d$variables$x__ <- if (is.null(codes)) d$variables[[variable]] else 0 + (d$variables[[variable]] %in% codes)
  lapply(groups_of(d, by), function(g) {
    s <- inside(d, g)
    m <- svymean(~x__, s, deff = "replace")
    ci <- tint(coef(m), c(SE(m)), degf(s))
    row(by = g, n = nrow(s), estimate = coef(m), se = c(SE(m)), df = degf(s), lower = ci[1], upper = ci[2], deff = c(deff(m)))
  })
}
for (by in list("office", "age", c("office", "age"))) {
  add(paste(c("deff of a share by", by), collapse = " "), "synthetic", full, "share", mean_rows(D, "q3", by, 5), item = "q3", value = 5, by = as.list(by), method = "t")
  add(paste(c("deff of a mean by", by), collapse = " "), "synthetic", withfpc, "mean", mean_rows(Df, "q3", by), item = "q3", by = as.list(by))
}
two <- list(psu = "dnum", psu2 = "snum", fpc = "fpc1", fpc2 = "fpc2", weight = "pw2")
for (by in list(NULL, "stype", "awards", "sch.wide")) {
  label <- if (is.null(by)) "all" else by
  add(paste("two stages:", label), "apiclus2", two, "mean", mean_rows(aclus2, "api00", by), item = "api00", by = as.list(by))
  add(paste("two stages, the year before:", label), "apiclus2", two, "mean", mean_rows(aclus2, "api99", by), item = "api99", by = as.list(by))
}
one <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
for (by in list(NULL, "stype", "awards"))
  add(paste("one stage:", if (is.null(by)) "all" else by), "apiclus1", list(psu = "dnum", weight = "pw", fpc = "fpc"), "mean",
      mean_rows(one, "api99", by), item = "api99", by = as.list(by))
for (within in c(FALSE, TRUE)) {
  options(survey.adjust.domain.lonely = within)
  for (rule in if (within) c("adjust", "average") else c("remove", "certainty", "adjust", "average")) {
    options(survey.lonely.psu = rule)
    ours <- if (within) paste0(rule, "_domain") else rule
    for (by in list(NULL, "office", "age", c("office", "age")))
      add(paste(c("lonely,", ours, by), collapse = " "), "lonely", c(full, lonely_psu = ours), "mean",
          suppressWarnings(mean_rows(L, "q3", by)), item = "q3", by = as.list(by))
    add(paste("lonely share,", ours), "lonely", c(full, lonely_psu = ours), "share",
        suppressWarnings(mean_rows(L, "q1", "age", 4)), item = "q1", value = 4, by = as.list("age"), method = "t")
  }
}
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)

## ---- quantiles ------------------------------------------------------------------------------------------------

quantile_rows <- function(design, variable, p, type, rule, by = NULL) {
  d <- answered(design, variable)
  lapply(groups_of(d, by), function(g) {
    s <- inside(d, g)
    q <- svyquantile(as.formula(paste0("~", variable)), s, p, interval.type = type, qrule = rule)[[1]]
    x <- s$variables[[variable]]
    # The shares whose quantiles the bounds are. Below the weight of the smallest answer survey 4.1-1
    # takes the second smallest: there the bound, and with it the SE, is not compared.
    ends <- survey:::woodruffCI(x, q[1, 1], p, s, function(x, w, p) p, .05, degf(s), type)
    low <- !is.nan(ends[1]) && ends[1] < weights(s)[which.min(x)] / sum(weights(s))
    row(by = g, n = nrow(s), estimate = q[1, 1], lower = if (low) NULL else q[1, 2], upper = q[1, 3], se = if (low) NULL else q[1, 4],
        smallest = if (low) min(x) else NULL, df = degf(s), degenerate = all(x <= q[1, 1]))
  })
}
for (type in c("mean", "xlogit", "beta")) for (rule in c("math", "school")) for (p in c(.1, .25, .5, .75, .9)) {
  name <- paste("quantile", p, type, rule)
  add(paste(name, "of minutes by office"), "waiting", full, "quantile", quantile_rows(D, "waited", p, type, rule, "office"), item = "waited", level = p, method = type, rule = rule, by = as.list("office"))
  add(paste(name, "of minutes"), "waiting", withfpc, "quantile", quantile_rows(Df, "waited", p, type, rule), item = "waited", level = p, method = type, rule = rule, by = list())
  add(paste(name, "of a scale by age"), "waiting", full, "quantile", quantile_rows(D, "q2", p, type, rule, "age"), item = "q2", level = p, method = type, rule = rule, by = as.list("age"))
  r <- p + .007  # no multiple of 1/50, where R's answer depends on rounding: the schools of a type weigh the same
  add(paste("quantile", r, type, rule, "of api00"), "schools", strat, "quantile", quantile_rows(astrat, "api00", r, type, rule, "stype"), item = "api00", level = r, method = type, rule = rule, by = as.list("stype"))
}
unweighted <- svydesign(ids = ~1, data = syn, weights = ~1)
for (rule in c("math", "school")) for (p in c(.25, .5, .75))
  add(paste("quantile", p, rule, "without weights"), "waiting", setNames(list(), character()), "quantile", quantile_rows(unweighted, "promised", p, "mean", rule, "age"), item = "promised", level = p, method = "mean", rule = rule, by = as.list("age"))
for (p in c(.25, .5))
  add(paste("quantile", p, "two stages"), "apiclus2", two, "quantile", quantile_rows(aclus2, "api00", p, "mean", "math"), item = "api00", level = p, method = "mean", rule = "math", by = list())

# The interval of Francisco and Fuller: all x at which the t interval of the share up to x does not decide.
inverted_rows <- function(design, variable, p, by) {
  d <- answered(design, variable)
  lapply(groups_of(d, by), function(g) {
    s <- inside(d, g); x <- sort(unique(s$variables[[variable]]))
    ends <- sapply(x, function(v) {
      s$variables$x__ <- 0 + (s$variables[[variable]] <= v)
      m <- svymean(~x__, s)
      if (v == max(x)) c(1, 1) else tint(coef(m), c(SE(m)), degf(s))
    })
    row(by = g, n = nrow(s), estimate = svyquantile(as.formula(paste0("~", variable)), s, p, ci = FALSE)[[1]][1, 1],
        lower = x[min(which(ends[2, ] >= p))], upper = x[min(which(ends[1, ] >= p))], df = degf(s), one = length(x) == 1)
  })
}
for (v in c("q2", "q3", "promised")) for (p in c(.2, .5, .8)) for (by in c("office", "age"))
  add(paste("inversion", p, "of", v, "by", by), "waiting", full, "quantile", inverted_rows(D, v, p, by), item = v, level = p, method = "inversion", rule = "math", by = as.list(by))

## ---- ratios -----------------------------------------------------------------------------------------------------

ratio_rows <- function(design, top, bottom, by = NULL) {
  d <- answered(design, all.vars(top), all.vars(bottom))
  lapply(groups_of(d, by), function(g) {
    s <- inside(d, g)
    r <- svyratio(top, bottom, s)
    ci <- tint(c(coef(r)), c(SE(r)), degf(s))
    row(by = g, n = nrow(s), estimate = c(coef(r)), se = c(SE(r)), df = degf(s), lower = ci[1], upper = ci[2])
  })
}
for (by in list(NULL, "office", "age")) {
  label <- if (is.null(by)) "all" else by
  add(paste("ratio of minutes,", label), "waiting", withfpc, "ratio", ratio_rows(Df, ~waited, ~promised, by), numerator = "waited", denominator = "promised", by = as.list(by))
  add(paste("ratio of scales,", label), "waiting", full, "ratio", ratio_rows(D, ~q2, ~q3, by), numerator = "q2", denominator = "q3", by = as.list(by))
  add(paste("ratio of indicators,", label), "waiting", full, "ratio", ratio_rows(D, ~I(0 + (q2 >= 4)), ~I(0 + (q2 <= 3)), by), numerator = "q2", numerator_codes = c(4, 5), denominator = "q2", denominator_codes = 1:3, by = as.list(by))
  add(paste("ratio of indicators of two items,", label), "waiting", full, "ratio", ratio_rows(D, ~I(0 + (q2 >= 4)), ~I(0 + (q3 >= 4)), by), numerator = "q2", numerator_codes = c(4, 5), denominator = "q3", denominator_codes = c(4, 5), by = as.list(by))
}
add("ratio: tested to enrolled, stratified", "schools", strat, "ratio", ratio_rows(astrat, ~api.stu, ~enroll), numerator = "api.stu", denominator = "enroll", by = list())
add("ratio: tested to enrolled, by type", "schools", strat, "ratio", ratio_rows(astrat, ~api.stu, ~enroll, "stype"), numerator = "api.stu", denominator = "enroll", by = as.list("stype"))

# The same with weights fitted to the ages of the population.
people <- data.frame(age = 1:4, Freq = c(900, 700, 500, 250))
fitted_rows <- function(by) {
  P <- postStratify(D, ~age, people)
  none <- is.na(P$variables$waited) | is.na(P$variables$promised)
  P <- subset(P, !none)
  for (v in c("waited", "promised")) P$variables[[v]][is.na(P$variables[[v]])] <- 0
  lapply(groups_of(P, by), function(g) {
    s <- inside(P, g)
    q <- svyquantile(~waited, s, .5, interval.type = "mean", qrule = "math")[[1]]
    r <- svyratio(~waited, ~promised, s)
    row(by = g, n = sum(weights(s) != 0), estimate = q[1, 1], lower = q[1, 2], upper = q[1, 3], se = q[1, 4], df = degf(s), ratio = c(coef(r)), ratio_se = c(SE(r)))
  })
}
for (by in list(NULL, "office"))
  add(paste("post-stratified,", if (is.null(by)) "all" else by), "waiting", full, "fitted", fitted_rows(by), population = people$Freq, by = as.list(by))

## ---- many comparisons -----------------------------------------------------------------------------------------------

ps <- c(.01, .04, .03, .005, .04, .8, .001, .04)
add("Holm", "", NULL, "holm", p.adjust(ps, "holm"), p = ps)
add("Benjamini–Hochberg", "", NULL, "bh", p.adjust(ps, "BH"), p = ps)

## ---- Cronbach's alpha --------------------------------------------------------------------------------------------------

# The value by svycralpha; the error from the totals of squares and products by svycontrast.
alpha_rows <- function(design, by) {
  d <- answered(design, "q1", "q2", "q3")
  d <- update(d, one = 1, p11 = q1^2, p22 = q2^2, p33 = q3^2, p12 = q1 * q2, p13 = q1 * q3, p23 = q2 * q3)
  lapply(groups_of(d, by), function(g) {
    s <- inside(d, g)
    f <- svycontrast(svytotal(~one + q1 + q2 + q3 + p11 + p22 + p33 + p12 + p13 + p23, s),
      quote(1.5 * (1 - (p11 / one - (q1 / one)^2 + p22 / one - (q2 / one)^2 + p33 / one - (q3 / one)^2) /
        ((p11 + p22 + p33 + 2 * (p12 + p13 + p23)) / one - ((q1 + q2 + q3) / one)^2))))
    value <- unname(svycralpha(~q1 + q2 + q3, s))
    half <- qt(.975, degf(s)) * c(SE(f)) / (1 - value)
    row(by = g, n = nrow(s), estimate = value, linear = coef(f), se = c(SE(f)), df = degf(s), lower = 1 - (1 - value) * exp(half), upper = 1 - (1 - value) * exp(-half))
  })
}
add("alpha, fpc", "synthetic", withfpc, "alpha", alpha_rows(Df, NULL), items = c("q1", "q2", "q3"), by = list())
for (rule in c("remove", "certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  add(paste("alpha, lonely,", rule), "lonely", c(full, lonely_psu = rule), "alpha", alpha_rows(L, "age"), items = c("q1", "q2", "q3"), by = as.list("age"))
}
options(survey.lonely.psu = "fail")
for (by in list(NULL, "age"))
  add(paste("alpha,", if (is.null(by)) "all" else by), "synthetic", full, "alpha", alpha_rows(D, by), items = c("q1", "q2", "q3"), by = as.list(by))

## ---- the R-indicator -----------------------------------------------------------------------------------------------------

# By the matrix formulas of Shlomo, Skinner and Schouten (2012) for a logistic model fitted to the people.
indicator <- function(invited, responded) {
  cell <- factor(rep(seq_along(invited), invited))
  came <- unlist(lapply(seq_along(invited), function(i) rep(1:0, c(responded[i], invited[i] - responded[i]))))
  fit <- glm(came ~ cell, binomial, control = list(epsilon = 1e-15, maxit = 100))
  p <- fitted(fit); x <- model.matrix(fit); z <- p * (1 - p) * x; sigma <- solve(t(z) %*% x); n <- length(p)
  spread <- var(p); centred <- scale(z, scale = FALSE)
  bias <- sum(rowSums((z %*% sigma) * z)) / n
  A <- t(centred) %*% (p - mean(p)) / n; B <- t(centred) %*% centred / n
  variance <- (4 * t(A) %*% sigma %*% A + 2 * sum(diag(B %*% sigma %*% B %*% sigma))) / mean((p - mean(p))^2)
  list(r = 1 - 2 * sqrt(max(0, spread - bias)), unadjusted = 1 - 2 * sqrt(spread), se = sqrt(c(variance)),
       rate = mean(p), variation = sqrt(max(0, spread - bias)) / mean(p))
}
for (k in list(list(c(120, 80, 200, 60), c(60, 50, 70, 45)), list(c(400, 900), c(100, 450)), list(c(50, 50, 50), c(25, 26, 24))))
  add("R-indicator", "", NULL, "representativity", indicator(k[[1]], k[[2]]), invited = k[[1]], responded = k[[2]])

write(toJSON(list(versions = list(R = R.version.string, survey = as.character(packageVersion("survey"))), cases = cases),
             auto_unbox = TRUE, digits = NA, null = "null", na = "null", pretty = 1), "estimators.json")
cat(length(cases), "cases\n")

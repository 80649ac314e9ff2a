# Makes the reference data and figures of the statistics engine with R's `survey` package
# (Debian: r-cran-survey, written against 4.1-1; needs jsonlite).
#
#   Rscript make_references.R [folder of the Kansas City survey]
#
# Run in this folder. Every figure is made by a call that the engine's authors did not write; the
# arithmetic beside the calls is confined to t quantiles, differences and totals of zero-filled columns.

suppressMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "fail", warn = 1)
data(api)
set.seed(20111130)

cases <- list()
add <- function(name, data, design, statistic, rows, ...)
  cases[[length(cases) + 1]] <<- c(list(name = name, data = data, design = design, statistic = statistic, ...), list(rows = rows))
row <- function(...) lapply(list(...), function(x) if (is.list(x)) x else unname(x))

## ---- data -----------------------------------------------------------------------------------------

synthetic <- function() {
  strata <- expand.grid(point = 1:2, office = 1:8)
  strata$stratum <- seq_len(nrow(strata))
  strata$days <- sample(2:6, nrow(strata), TRUE)
  psus <- strata[rep(seq_len(nrow(strata)), strata$days), ]
  psus$psu <- seq_len(nrow(psus))
  psus$nh <- psus$days + 3 * psus$stratum
  psus$day <- rnorm(nrow(psus), 0, 0.35)
  rows <- psus[rep(seq_len(nrow(psus)), sample(5:30, nrow(psus), TRUE)), ]
  n <- nrow(rows)
  level <- function(mu) pmin(5, pmax(1, round(mu + rows$day + rnorm(n))))
  gap <- function(x, p) ifelse(runif(n) < p, NA, x)
  base <- 3.6 + 0.1 * (rows$office %% 3)
  d <- data.frame(office = rows$office, stratum = rows$stratum, psu = rows$psu, nh = rows$nh,
                  weight = round(rlnorm(n, 0, 0.6), 4), age = sample(1:4, n, TRUE, c(.4, .3, .2, .1)),
                  q1 = gap(level(base), .03), q2 = gap(level(base - .3), .10), q3 = gap(level(base + .4), .2),
                  i1 = gap(level(4.2), .05), i2 = gap(level(3.8), .05), i3 = gap(level(3.1), .08))
  d$nps <- gap(pmin(10, pmax(0, round(7.5 + 1.5 * rows$day + 2.2 * rnorm(n)))), .06)
  d$emphasis <- gap(sample(c(1:3, 99), n, TRUE, c(.4, .2, .2, .2)), .05)
  d$q1[d$office == 5] <- ifelse(is.na(d$q1[d$office == 5]), NA, 4)  # one office where all answer alike
  d
}
syn <- synthetic()
syn$wave <- ifelse(syn$psu %% 2 == 0, 2026, 2025)           # PSUs of their own, strata in common
shared <- syn; shared$wave <- sample(c(2025, 2026), nrow(syn), TRUE)  # the same PSUs in both waves
lonely <- subset(syn, !(stratum %in% c(3, 10)) | psu %in% c(min(psu[stratum == 3]), min(psu[stratum == 10])))
keep <- c("dnum", "snum", "stype", "pw", "api00", "api99", "awards", "sch.wide")
write.csv(apistrat[, c(keep, "fpc")], "apistrat.csv", row.names = FALSE)
write.csv(apiclus1[, c(keep, "fpc")], "apiclus1.csv", row.names = FALSE)
apiclus2$pw2 <- weights(svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2))
write.csv(format(apiclus2[, c(keep, "pw2", "fpc1", "fpc2")], digits = 17, trim = TRUE), "apiclus2.csv", row.names = FALSE, quote = FALSE)
write.csv(syn, "synthetic.csv", row.names = FALSE)
write.csv(shared, "shared.csv", row.names = FALSE)
write.csv(lonely, "lonely.csv", row.names = FALSE)
swiss_out <- swiss; write.csv(swiss_out, "swiss.csv", row.names = FALSE)

## ---- estimates of one variable over domains -------------------------------------------------------

tint <- function(est, se, df) if (df > 0) est + c(-1, 1) * qt(.975, df) * se else c(NA, NA)

mean_rows <- function(design, variable, by = NULL, deff = TRUE) {
  d <- subset(design, !is.na(design$variables[[variable]]))
  groups <- if (is.null(by)) list(list()) else {
    g <- unique(d$variables[, by, drop = FALSE]); g <- g[do.call(order, g), , drop = FALSE]
    lapply(seq_len(nrow(g)), function(i) as.list(g[i, , drop = FALSE]))
  }
  lapply(groups, function(g) {
    inside <- rep(TRUE, nrow(d$variables))
    for (b in names(g)) inside <- inside & d$variables[[b]] == g[[b]]
    s <- d[inside, ]
    m <- svymean(as.formula(paste0("~", variable)), s, deff = if (deff) "replace" else FALSE)
    ci <- tint(coef(m), c(SE(m)), degf(s))
    row(by = g, n = nrow(s), estimate = coef(m), se = c(SE(m)), df = degf(s), lower = ci[1], upper = ci[2],
        deff = if (deff) c(deff(m)) else NULL)
  })
}
share_rows <- function(design, variable, codes, method, by = NULL) {
  d <- subset(design, !is.na(design$variables[[variable]]))
  d <- update(d, hit__ = as.numeric(d$variables[[variable]] %in% codes))
  groups <- if (is.null(by)) NA else sort(unique(d$variables[[by]]))
  lapply(groups, function(g) {
    s <- if (is.null(by)) d else d[d$variables[[by]] == g, ]
    p <- svyciprop(~hit__, s, method = method)
    row(by = if (is.null(by)) list() else setNames(list(g), by), n = nrow(s), estimate = c(p)[1],
        se = sqrt(attr(p, "var")[1]), df = degf(s), lower = attr(p, "ci")[1], upper = attr(p, "ci")[2])
  })
}

full <- list(weight = "weight", stratum = "stratum", psu = "psu")
withfpc <- c(full, fpc = "nh")
D <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = syn)
Df <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~nh, data = syn)

astrat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
aclus1 <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
aclus2 <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2)
srs <- svydesign(ids = ~1, data = syn, weights = ~1)
strat <- list(stratum = "stype", weight = "pw", fpc = "fpc"); clus1 <- list(psu = "dnum", weight = "pw", fpc = "fpc")
clus2 <- list(psu = "dnum", psu2 = "snum", fpc = "fpc1", fpc2 = "fpc2", weight = "pw2")
add("apistrat", "apistrat", strat, "mean", mean_rows(astrat, "api00"), item = "api00")
add("apistrat by school type", "apistrat", strat, "mean", mean_rows(astrat, "api00", "stype"), item = "api00", by = as.list("stype"))
add("apistrat by award", "apistrat", strat, "mean", mean_rows(astrat, "api00", "awards"), item = "api00", by = as.list("awards"))
add("apiclus1", "apiclus1", clus1, "mean", mean_rows(aclus1, "api00"), item = "api00")
add("apiclus1 by school type", "apiclus1", clus1, "mean", mean_rows(aclus1, "api00", "stype"), item = "api00", by = as.list("stype"))
add("apiclus2, two stages", "apiclus2", clus2, "mean", mean_rows(aclus2, "api00"), item = "api00")
add("apiclus2 by school type", "apiclus2", clus2, "mean", mean_rows(aclus2, "api00", "stype"), item = "api00", by = as.list("stype"))
for (v in c("q1", "q2", "q3")) {
  add(paste(v, "all"), "synthetic", full, "mean", mean_rows(D, v), item = v)
  add(paste(v, "by office"), "synthetic", full, "mean", mean_rows(D, v, "office"), item = v, by = as.list("office"))
  add(paste(v, "by age, fpc"), "synthetic", withfpc, "mean", mean_rows(Df, v, "age"), item = v, by = as.list("age"))
  add(paste(v, "by office and age"), "synthetic", full, "mean", mean_rows(D, v, c("office", "age")), item = v, by = as.list(c("office", "age")))
}
add("simple random sample", "synthetic", setNames(list(), character()), "mean", mean_rows(srs, "q2", "age"), item = "q2", by = as.list("age"))
for (k in 1:5) add(paste("share of", k), "synthetic", withfpc, "share", share_rows(Df, "q2", k, "mean", "office"), item = "q2", value = k, by = as.list("office"), method = "t")
for (m in c("mean", "logit", "xlogit", "beta")) {
  ours <- c(mean = "t", logit = "logit", xlogit = "logit", beta = "beta")[[m]]
  tol <- if (m == "logit") 1e-8 else 1e-9
  add(paste("top2 all", m), "synthetic", withfpc, "top2", share_rows(Df, "q2", 4:5, m), item = "q2", method = ours, tolerance = tol)
  add(paste("top2 by age", m), "synthetic", full, "top2", share_rows(D, "q3", 4:5, m, "age"), item = "q3", by = as.list("age"), method = ours, tolerance = tol)
  add(paste("top2 by office", m), "synthetic", full, "top2", share_rows(D, "q2", 4:5, m, "office"), item = "q2", by = as.list("office"), method = ours, tolerance = tol)
}
Dn <- update(D, nps_s = ifelse(nps >= 9, 100, ifelse(nps <= 6, -100, 0)))
add("NPS by office", "synthetic", full, "nps", mean_rows(Dn, "nps_s", "office"), item = "nps", by = as.list("office"))
add("NPS", "synthetic", full, "nps", mean_rows(Dn, "nps_s"), item = "nps")

## ---- smooth functions of totals ------------------------------------------------------------------------

zero <- function(x) ifelse(is.na(x), 0, x)
filled <- function(design) update(design,
  s1 = zero(q1), s2 = zero(q2), s3 = zero(q3), m1 = 0 + !is.na(q1), m2 = 0 + !is.na(q2), m3 = 0 + !is.na(q3),
  w1 = zero(i1), w2 = zero(i2), w3 = zero(i3), v1 = 0 + !is.na(i1), v2 = 0 + !is.na(i2), v3 = 0 + !is.na(i3),
  e1 = 0 + (zero(emphasis) == 1), asked = 1 + 0 * weight, happy = 0 + (zero(q1) >= 4))
function_rows <- function(design, expression, by, members) {
  d <- filled(design)
  groups <- if (is.null(by)) NA else sort(unique(d$variables[[by]]))
  lapply(groups, function(g) {
    s <- if (is.null(by)) d else d[d$variables[[by]] == g, ]
    totals <- svytotal(~s1 + s2 + s3 + m1 + m2 + m3 + w1 + w2 + w3 + v1 + v2 + v3 + e1 + asked + happy, s)
    f <- svycontrast(totals, expression)
    some <- s[rowSums(!is.na(s$variables[, members, drop = FALSE])) > 0, ]
    ci <- tint(coef(f), c(SE(f)), degf(some))
    asked <- "asked" %in% members
    row(by = if (is.null(by)) list() else setNames(list(g), by), n = if (asked) nrow(s) else sum(rowSums(!is.na(s$variables[, intersect(members, c("q1", "q2", "q3")), drop = FALSE])) > 0),
        estimate = coef(f), se = c(SE(f)), df = degf(some), lower = ci[1], upper = ci[2])
  })
}
csi_fixed <- quote(100 / 4 * (3 * (s1 / m1 - 1) + 2 * (s2 / m2 - 1) + 1 * (s3 / m3 - 1)) / 6)
csi_stated <- quote(100 / 4 * (w1 / v1 * (s1 / m1 - 1) + w2 / v2 * (s2 / m2 - 1) + w3 / v3 * (s3 / m3 - 1)) / (w1 / v1 + w2 / v2 + w3 / v3))
parts <- quote((s1 / m1 + s2 / m2 + s3 / m3) / 3)
isr <- quote(e1 / asked * (1 - happy / m1))
q <- c("q1", "q2", "q3"); qi <- c(q, "i1", "i2", "i3")
items <- list(items = q)
for (by in list(NULL, "office", "age")) {
  label <- if (is.null(by)) "all" else by
  add(paste("CSI, fixed weights,", label), "synthetic", withfpc, "csi", function_rows(Df, csi_fixed, by, q), items = q, weights = c(3, 2, 1), by = as.list(by))
  add(paste("CSI, stated importance,", label), "synthetic", full, "csi", function_rows(D, csi_stated, by, qi), items = q, importance = c("i1", "i2", "i3"), by = as.list(by))
  add(paste("composite,", label), "synthetic", full, "composite", function_rows(D, parts, by, q), items = q, by = as.list(by))
  add(paste("IS rating,", label), "synthetic", full, "is_rating", function_rows(D, isr, by, c("q1", "asked")), item = "q1", by = as.list(by))
}

## ---- lonely PSUs ----------------------------------------------------------------------------------------

adnum <- svydesign(id = ~1, weights = ~pw, strata = ~dnum, data = apiclus1)
L <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = lonely)
for (rule in c("remove", "certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  add(paste("apiclus1 in strata of districts,", rule), "apiclus1", list(weight = "pw", stratum = "dnum", lonely_psu = rule), "mean", mean_rows(adnum, "api00"), item = "api00")
  add(paste("lonely all,", rule), "lonely", c(full, lonely_psu = rule), "mean", mean_rows(L, "q1"), item = "q1")
  add(paste("lonely by age,", rule), "lonely", c(full, lonely_psu = rule), "mean", mean_rows(L, "q2", "age"), item = "q2", by = as.list("age"))
}
options(survey.lonely.psu = "fail")

## ---- change and contrasts ---------------------------------------------------------------------------------

difference <- function(design, variable, split, a, b) {
  d <- subset(design, !is.na(design$variables[[variable]]) & design$variables[[split]] %in% c(a, b))
  m <- svyby(as.formula(paste0("~", variable)), as.formula(paste0("~", split)), d, svymean, covmat = TRUE)
  f <- svycontrast(m, if (a < b) c(-1, 1) else c(1, -1))
  df <- degf(d) - 1
  ci <- tint(coef(f), c(SE(f)), df)
  row(n = nrow(d), estimate = coef(f), se = c(SE(f)), df = df, lower = ci[1], upper = ci[2],
      p = 2 * pt(-abs(coef(f) / c(SE(f))), df))
}
for (set in c("synthetic", "shared")) {
  data <- if (set == "synthetic") syn else shared
  W <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data)
  W <- update(W, nps_s = ifelse(nps >= 9, 100, ifelse(nps <= 6, -100, 0)), hit = 0 + (q3 == 5))
  add(paste("change,", set), set, full, "change", list(c(list(by = list()), difference(W, "q2", "wave", 2025, 2026))), item = "q2", waves = c(2025, 2026))
  add(paste("change by age,", set), set, full, "change", lapply(1:4, function(g) c(list(by = list(age = g)), difference(W[W$variables$age == g, ], "q2", "wave", 2025, 2026))), item = "q2", by = as.list("age"), waves = c(2025, 2026))
  add(paste("change of NPS,", set), set, full, "change", list(c(list(by = list()), difference(W, "nps_s", "wave", 2025, 2026))), item = "nps", measure = "nps", waves = c(2025, 2026))
  add(paste("change of a share,", set), set, full, "change", list(c(list(by = list()), difference(W, "hit", "wave", 2025, 2026))), item = "q3", value = 5, waves = c(2025, 2026))
  tt <- svyttest(q2 ~ I(wave == 2026), subset(W, !is.na(q2)))
  add(paste("svyttest,", set), set, full, "change", list(row(by = list(), estimate = tt$estimate, se = tt$estimate / tt$statistic, df = tt$parameter, p = tt$p.value)), item = "q2", waves = c(2025, 2026))
}
two <- combn(1:4, 2)
for (split in c("office", "age")) {
  found <- lapply(seq_len(ncol(two)), function(i) c(list(pair = two[, i]), difference(D, "q3", split, two[2, i], two[1, i])))
  adjusted <- p.adjust(sapply(found, function(f) f$p), "holm")
  for (i in seq_along(found)) found[[i]]$p_holm <- adjusted[i]
  add(paste("contrasts between four:", split), "synthetic", full, "contrasts", found, item = "q3", split = split)
}
ps <- c(.01, .04, .03, .005, .04, .8, .001)
add("Holm", "", NULL, "holm", p.adjust(ps, "holm"), p = ps)

## ---- key drivers -------------------------------------------------------------------------------------------

# Johnson (2000) from the standardised data themselves, by singular values: Z = P Q', Lambda = Q D Q'.
johnson_data <- function(x, y) {
  s <- svd(scale(x) / sqrt(nrow(x) - 1)); y <- scale(y) / sqrt(nrow(x) - 1)
  c((s$v %*% diag(s$d) %*% t(s$v))^2 %*% (s$v %*% t(s$u) %*% y)^2)
}
# The same from a matrix of pairwise weighted correlations, by the matrix square root.
pairwise <- function(d, w) {
  k <- ncol(d); r <- diag(k)
  for (i in 1:k) for (j in 1:k) if (i != j) {
    ok <- !is.na(d[, i]) & !is.na(d[, j])
    r[i, j] <- cov.wt(d[ok, c(i, j)], w[ok], cor = TRUE)$cor[1, 2]
  }
  r
}
johnson_cor <- function(r) {
  k <- ncol(r); e <- eigen(r[-k, -k], symmetric = TRUE)
  half <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
  c(half^2 %*% solve(half, r[-k, k])^2)
}
add("Johnson: swiss", "swiss", setNames(list(), character()), "drivers", johnson_data(swiss[, -1], swiss[, 1]), item = "Fertility", items = names(swiss)[-1])
d3 <- as.matrix(syn[, c("q1", "q2", "i1", "i2", "q3")])
add("Johnson: pairwise, weighted", "synthetic", full, "drivers", johnson_cor(pairwise(d3, syn$weight)), item = "q3", items = c("q1", "q2", "i1", "i2"))
add("correlations: pairwise, weighted", "synthetic", full, "correlations", pairwise(d3, syn$weight)[1:4, 5], item = "q3", items = c("q1", "q2", "i1", "i2"))

## ---- Kansas City (public data, kept outside the repository) ---------------------------------------------------

folder <- commandArgs(TRUE)
if (length(folder)) {
  kc <- read.csv(file.path(folder[1], "responses.csv"))
  kc$q3_01[kc$q3_01 == 9] <- NA
  K <- svydesign(ids = ~1, strata = ~counci, weights = ~1, data = kc)
  add("Kansas City q3_01 by council district", "kansas-city", list(stratum = "counci"), "mean", mean_rows(K, "q3_01", "counci"), item = "q3_01", by = as.list("counci"))
  K <- update(K, first = 0 + (q4_01 == 9))
  add("Kansas City q4_01 = 9", "kansas-city", list(stratum = "counci"), "mean", mean_rows(subset(K, !is.na(q4_01)), "first"), item = "q4_01", value = 9)
}
write(toJSON(list(versions = list(R = R.version.string, survey = as.character(packageVersion("survey"))), cases = cases),
             auto_unbox = TRUE, digits = NA, null = "null", na = "null", pretty = 1), "references.json")
cat(length(cases), "cases\n")

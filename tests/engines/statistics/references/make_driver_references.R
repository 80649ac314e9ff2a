# Makes the reference figures of key drivers and of the variance between offices:
# R's `survey` (replicates; written against 4.1-1), `metafor` (Paule-Mandel; 3.8-1) and base R.
#
#   Rscript make_driver_references.R
#
# Run in this folder, after make_references.R, whose synthetic.csv and lonely.csv it reads. Data of R itself:
# swiss (Mosteller and Tukey 1977; the Swiss Statistical Office, 1888) and mtcars (Henderson and Velleman 1981).

suppressMessages({library(survey); library(metafor); library(jsonlite)})
options(warn = 1)

## ---- decompositions of R2, from the definitions ----------------------------------------------------

# Genizi (1993): the columns of Z (Z'Z = R) are replaced by the orthonormal Q nearest to them; what each
# column of Q explains of y goes to the predictors by their squared correlations with it.
genizi <- function(x, y) {
  z <- scale(x) / sqrt(nrow(x) - 1); y <- scale(y) / sqrt(nrow(x) - 1)
  s <- svd(z); q <- s$u %*% t(s$v)
  c(crossprod(z, q)^2 %*% crossprod(q, y)^2)
}
# Lindeman, Merenda and Gold (1980): regressions on all subsets, by lm.
lmg_data <- function(x, y) {
  r2 <- function(set) if (length(set)) summary(lm(y ~ as.matrix(x[, set])))$r.squared else 0
  lmg(ncol(x), r2)
}
lmg <- function(p, r2) {
  known <- sapply(0:(2^p - 1), function(s) r2(which(bitwAnd(s, 2^(0:(p - 1))) > 0)))
  sapply(1:p, function(j) sum(sapply(0:(2^p - 1), function(s) {
    if (bitwAnd(s, 2^(j - 1)) > 0) return(0)
    k <- sum(bitwAnd(s, 2^(0:(p - 1))) > 0)
    factorial(k) * factorial(p - 1 - k) / factorial(p) * (known[s + 2^(j - 1) + 1] - known[s + 1])
  })))
}
johnson_cor <- function(r) {
  k <- ncol(r); e <- eigen(r[-k, -k], symmetric = TRUE)
  half <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
  c(half^2 %*% solve(half, r[-k, k])^2)
}
lmg_cor <- function(r) {
  k <- ncol(r)
  lmg(k - 1, function(set) if (length(set)) sum(r[k, set] * solve(r[set, set], r[set, k])) else 0)
}
pairwise <- function(d, w) {
  d <- as.matrix(d); k <- ncol(d); r <- diag(k)
  for (i in 1:k) for (j in 1:k) if (i != j) {
    ok <- !is.na(d[, i]) & !is.na(d[, j]) & w > 0
    r[i, j] <- cov.wt(d[ok, c(i, j)], w[ok], cor = TRUE)$cor[1, 2]
  }
  r
}

whole <- list()
for (set in c("swiss", "mtcars")) {
  d <- get(set)
  if (set == "mtcars") write.csv(d, "mtcars.csv", row.names = FALSE)  # the other script writes swiss.csv
  whole[[set]] <- list(outcome = names(d)[1], items = names(d)[-1], johnson = genizi(d[, -1], d[, 1]),
                       shapley = lmg_data(d[, -1], d[, 1]))
}

## ---- the jackknife -----------------------------------------------------------------------------------

items <- c("q1", "q2", "i1", "i2"); outcome <- "q3"
divide <- list(johnson = johnson_cor, shapley = lmg_cor)
answer <- function(found) list(estimate = unname(c(found)), se = unname(sqrt(diag(as.matrix(attr(found, "var"))))))
theta <- function(how) function(w, data) {
  weights <- how(pairwise(data[, c(items, outcome)], w))
  c(weights, weights / sum(weights), sum(weights))
}
averages <- function(d, w) sapply(items, function(i) weighted.mean(d[[i]][!is.na(d[[i]])], w[!is.na(d[[i]])]))
index <- function(own) function(w, data, office) {
  inside <- data$office == office
  from <- if (own) inside else rep(TRUE, nrow(data))
  weights <- johnson_cor(pairwise(data[from, c(items, outcome)], w[from]))
  100 / 4 * sum(weights * (averages(data[inside, ], w[inside]) - 1)) / sum(weights)
}

syn <- read.csv("synthetic.csv"); lonely <- read.csv("lonely.csv")
plain <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = syn)
finite <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~nh, data = syn)
options(survey.lonely.psu = "fail")
designs <- list(plain = as.svrepdesign(plain, type = "JKn"), finite = as.svrepdesign(finite, type = "JKn"))
for (rule in c("remove", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  designs[[rule]] <- as.svrepdesign(
    svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = lonely), type = "JKn")
}
options(survey.lonely.psu = "fail")

cases <- list()
add <- function(name, design, method, figures, by = NULL) cases[[length(cases) + 1]] <<- list(
  name = paste(name, method), data = if (design %in% c("plain", "finite")) "synthetic" else "lonely",
  design = design, method = method, by = by, figures = figures)
for (method in names(divide)) {
  for (design in names(designs))
    add(design, design, method, answer(withReplicates(designs[[design]], theta(divide[[method]]))))
  for (age in 1:3) add(paste("age", age), "finite", method, by = list(age = age),
    answer(withReplicates(designs$finite[syn$age == age, ], theta(divide[[method]]))))
  for (office in c(1, 2, 7)) add(paste("office", office), "plain", method, by = list(office = office),
    answer(withReplicates(designs$plain[syn$office == office, ], theta(divide[[method]]))))
}
indices <- list()
for (own in c(TRUE, FALSE)) for (office in c(1, 2, 7)) {
  found <- withReplicates(designs$finite, function(w, data) index(own)(w, data, office))
  indices[[length(indices) + 1]] <- list(own = own, office = office, figures = answer(found))
}

## ---- the variance between offices --------------------------------------------------------------------

exact <- list(tol = 1e-14, maxiter = 1000)
between <- function(y, v) {
  fit <- rma(y, v, method = "PM", control = exact); profile <- confint(fit, control = exact)$random["tau^2", ]
  shrunken <- blup(fit)$pred
  list(value = y, variance = v, between = fit$tau2, lower = profile[["ci.lb"]], upper = profile[["ci.ub"]],
       mean = c(fit$beta), se = fit$se, shrunken = shrunken)
}
set.seed(20111130)
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
v <- round(runif(40, .002, .05), 5)
shrinkage <- list(
  bcg = between(c(bcg$yi), c(bcg$vi)),
  offices = between(round(3.9 + rnorm(40, 0, .15) + rnorm(40, 0, sqrt(v)), 4), v),
  alike = between(c(3.90, 3.92, 3.91, 3.93), c(.01, .02, .015, .03)))

write(toJSON(list(versions = list(R = R.version.string, survey = as.character(packageVersion("survey")),
                                  metafor = as.character(packageVersion("metafor"))),
                  whole = whole, items = items, outcome = outcome, jackknife = cases, indices = indices,
                  shrinkage = shrinkage),
             auto_unbox = TRUE, digits = NA, null = "null", na = "null", pretty = 1), "drivers.json")
cat(length(cases), "cases\n")

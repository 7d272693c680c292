"""Several attempts at each task: pass@k and pass^k."""

from __future__ import annotations

from math import comb


def pass_at_k(attempts: int, passed: int, k: int) -> float:
    """Chance that at least one of `k` attempts passes, estimated without bias from `passed` of `attempts`.

    M. Chen et al., "Evaluating large language models trained on code", arXiv:2107.03374 (2021), equation 1:
    1 - C(n - c, k) / C(n, k). Raises ValueError when k attempts were not made.
    """
    _check(attempts, passed, k)
    return 1 - comb(attempts - passed, k) / comb(attempts, k)


def pass_hat_k(attempts: int, passed: int, k: int) -> float:
    """Chance that all of `k` attempts pass (pass^k), estimated without bias from `passed` of `attempts`.

    S. Yao et al., "tau-bench", arXiv:2406.12045 (2024), section 3: C(c, k) / C(n, k). Raises ValueError as pass_at_k.
    """
    _check(attempts, passed, k)
    return comb(passed, k) / comb(attempts, k)


def _check(attempts: int, passed: int, k: int) -> None:
    if not 0 <= passed <= attempts or not 1 <= k <= attempts:
        raise ValueError(f"{k} of {attempts} attempts, {passed} of which passed")

"""Records metrics in the file that `metricgate check` reads.

    import metricgate
    metricgate.log_metric(name="accuracy", value=0.95, step=3)
"""

from ._log import log_metric

__all__ = ["log_metric"]

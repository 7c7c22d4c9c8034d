package io.sluice.examples.bench;

import io.sluice.examples.bench.daemon.Target;

/** A target and what it is called in the report. */
record Side(String name, Target target) {}

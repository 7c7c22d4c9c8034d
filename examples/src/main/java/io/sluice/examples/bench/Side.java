package io.sluice.examples.bench;

/** A target and what it is called in the report. */
record Side(String name, Target target) {}

"""When and in which order: use cases, sync, planner, workers, daemon, demo and the wiring of them all."""

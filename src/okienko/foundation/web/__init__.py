"""The doors of the web: who may open a route (`access`), health, logs, error pages, the frame's context."""

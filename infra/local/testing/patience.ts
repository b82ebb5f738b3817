// Real sockets, threads and processes on a busy machine: a spec that fails should say at what, not that time ran out.
jasmine.DEFAULT_TIMEOUT_INTERVAL = 30_000;

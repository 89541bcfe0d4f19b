"""The shell: settings, addresses, pages and forms; it decides nothing and writes nothing itself."""

"""What a service needs beside its pages: logs, metrics, whether it lives and is ready, several processes, and an end in good order."""

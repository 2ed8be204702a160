namespace Models.Postgres.Machine;

/// <summary>A server could not be found, installed, started or stopped. The message is one line that says what to do.</summary>
public sealed class PostgresServerException(string message, Exception? inner = null) : Exception(message, inner);

namespace Models.Runner.Database;

/// <summary>The server has no connection left for a worker that has none yet.</summary>
internal sealed class NoConnectionException(string message, Exception inner) : Exception(message, inner);

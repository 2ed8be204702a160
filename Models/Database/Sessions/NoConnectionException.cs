namespace Models.Database.Sessions;

/// <summary>The server has no connection left for a worker that has none yet.</summary>
public sealed class NoConnectionException(string message, Exception inner) : Exception(message, inner);

using Npgsql;

namespace Models.Database.Sessions;

/// <summary>
/// Which failures are worth a retry: serialization, deadlock, a lost connection, a server that is starting or has no free connection. An
/// error in SQL never is. Source: PostgreSQL documentation, appendix A.
/// </summary>
public static class TransientErrors
{
    public const int Attempts = 8;

    public static bool IsTransient(Exception failure) => failure switch
    {
        StatementException statement => IsTransient(statement.Refusal),
        PostgresException refusal => refusal.SqlState is
            PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections
            || refusal.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } => true,
        _ => false,
    };

    /// <summary>True where the server is full or still starting.</summary>
    public static bool IsBusy(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow };

    /// <summary>A quarter of a second, doubled each time, eight seconds at most.</summary>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(Math.Min(0.25 * Math.Pow(2, attempt - 1), 8));
}

using Npgsql;

namespace Serving.Api.Reads;

/// <summary>A read that failed, sorted by what its caller can do about it. The message is one line.</summary>
internal sealed class WarehouseException(WarehouseFault fault, string message, Exception inner) : Exception(message, inner)
{
    public WarehouseFault Fault { get; } = fault;

    /// <summary>Sorts what Npgsql throws; null where the exception says nothing about the warehouse.</summary>
    /// <remarks>https://www.postgresql.org/docs/current/errcodes-appendix.html</remarks>
    public static WarehouseException? Of(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } missing =>
            new(WarehouseFault.NotBuilt, missing.MessageText, missing),
        PostgresException refused when IsMismatch(refused.SqlState) => new(WarehouseFault.Mismatch, refused.MessageText, refused),
        // a column of another type, or null where the row type allows none
        InvalidCastException cast => new(WarehouseFault.Mismatch, cast.Message.ReplaceLineEndings(" "), cast),
        PostgresException other => new(WarehouseFault.Unavailable, other.MessageText, other),
        NpgsqlException or TimeoutException => new(WarehouseFault.Unavailable, exception.InnerException?.Message ?? exception.Message, exception),
        _ => null,
    };

    /// <summary>
    /// Class 42 is 'syntax error or access rule violation' (a column, a function, a type or a privilege is missing), 28 a refused
    /// login, 3D a missing database, 22 a value that cannot be converted.
    /// </summary>
    private static bool IsMismatch(string sqlState) => sqlState[..2] is "42" or "28" or "3D" or "22";
}

using Leads;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Serving.Console.Reads;

/// <summary>Reads the warehouse for a page. A part that cannot be read is one line on the page; the other parts are shown.</summary>
internal sealed class WarehouseReader(NpgsqlDataSource source, ILogger<WarehouseReader> logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>What the schemas of the models start with, for example dev_me.</summary>
    public string Target { get; } = ModelSchema.Of(source);

    /// <summary>The quoted name of a model's relation.</summary>
    public string Relation(string customSchema, string identifier) => ModelSchema.Relation(source, customSchema, identifier);

    /// <summary>Runs a read; what goes wrong with the warehouse becomes the reading's line.</summary>
    public async Task<Reading<T>> TryAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return Reading<T>.Of(await read(cancellationToken));
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return Reading<T>.Failed("Nothing has been written here yet. It comes with the first run of the worker.");
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            Log.ReadFailed(logger, exception.MessageText);
            return Reading<T>.Failed($"The service's login may not read this ({exception.MessageText}). Start the app host once: it grants what is missing.");
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidCastException)
        {
            Log.ReadFailed(logger, exception.Message);
            return Reading<T>.Failed($"This build cannot use what is stored: {exception.Message}.");
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            var reason = ((exception as PostgresException)?.MessageText ?? exception.InnerException?.Message ?? exception.Message).ReplaceLineEndings(" ");
            Log.ReadFailed(logger, reason);
            return Reading<T>.Failed("The warehouse does not answer at the moment. Load the page again in a few seconds.");
        }
    }

    /// <summary>The rows of a query, with positional parameters.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params IReadOnlyList<object?> parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = (int)s_limit.TotalSeconds;
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));

        return rows;
    }
}

using System.Data;
using System.Data.Common;
using Npgsql;

namespace Models.Database.Sessions;

/// <summary>Queries that a session answers in one round-trip each. Parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
public static class SessionQueries
{
    /// <summary>The first column of the first row; null where that is null or there is no row.</summary>
    /// <exception cref="DbException">The server refused the query, or the connection was lost.</exception>
    public static async Task<object?> ReadValueAsync(this Session session, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters, await session.ConnectedAsync(cancellationToken));
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;
    }

    /// <summary>Every row, as <paramref name="read"/> makes it.</summary>
    /// <exception cref="DbException">The server refused the query, or the connection was lost.</exception>
    public static async Task<IReadOnlyList<T>> ReadRowsAsync<T>(
        this Session session, string sql, object[] parameters, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters, await session.ConnectedAsync(cancellationToken));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));

        return rows;
    }

    /// <summary>The first row of a query that has one.</summary>
    /// <exception cref="StatementException">The server refused the query.</exception>
    public static async Task<T> ReadRowAsync<T>(this Session session, Statement query, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query.Sql, await session.ConnectedAsync(cancellationToken));
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return read(reader);
        }
        catch (PostgresException refusal)
        {
            throw new StatementException(query, refusal);
        }
    }

    /// <summary>
    /// The first row of each query, all of them in one round-trip. Null where one of them is refused: they are to be run one by one then.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="queries">Queries that have a row each.</param>
    /// <param name="read">Makes a row of the query with the given index.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<T>?> TryReadRowsTogetherAsync<T>(
        this Session session, IReadOnlyList<Statement> queries, Func<int, DbDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = new NpgsqlBatch(await session.ConnectedAsync(cancellationToken));
            foreach (var query in queries)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(query.Sql));

            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>(queries.Count);
            for (var i = 0; i < queries.Count; i++)
            {
                await reader.ReadAsync(cancellationToken);
                rows.Add(read(i, reader));
                await reader.NextResultAsync(cancellationToken);
            }

            return rows;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>The columns that a query returns and their types in the server's spelling. The query is not run.</summary>
    /// <exception cref="DbException">The server refused the query, or the connection was lost.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> DescribeAsync(this Session session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, await session.ConnectedAsync(cancellationToken));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < reader.FieldCount; i++)
            columns[reader.GetName(i)] = reader.GetDataTypeName(i);

        return columns;
    }

    /// <summary>Lets code that takes an ADO.NET connection, such as migrations, work over the session's.</summary>
    public static async Task UseConnectionAsync(this Session session, Func<DbConnection, Task> work, CancellationToken cancellationToken) =>
        await work(await session.ConnectedAsync(cancellationToken));

    internal static NpgsqlCommand Command(string sql, object[] parameters, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });

        return command;
    }
}

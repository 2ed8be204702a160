using Npgsql;

namespace Models.Database.Sessions;

/// <summary>Loads rows of texts by <c>COPY</c>. Source: PostgreSQL documentation, COPY, format csv.</summary>
public static class CsvCopy
{
    /// <summary>Streams the rows into a table and returns how many there were; a null is an empty field without quotes.</summary>
    /// <param name="session">The session, with its open transaction if it has one.</param>
    /// <param name="table">The quoted name of the table.</param>
    /// <param name="columns">The quoted names of the columns.</param>
    /// <param name="rows">A value a column.</param>
    /// <param name="cancellationToken">Cancels; the server discards what was sent.</param>
    /// <exception cref="System.Data.Common.DbException">The server refused a row; <see cref="PlaceOf"/> tells which.</exception>
    public static async Task<long> WriteAsync(
        Session session, string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows, CancellationToken cancellationToken)
    {
        var copy = $"copy {table} ({string.Join(", ", columns)}) from stdin (format csv)";
        await using var writer = await (await session.ConnectedAsync(cancellationToken)).BeginTextImportAsync(copy, cancellationToken);
        var count = 0L;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < row.Count; i++)
            {
                if (i > 0)
                    await writer.WriteAsync(',');
                if (row[i] is { } value)
                    await writer.WriteAsync($"\"{value.Replace("\"", "\"\"")}\"");
            }

            // a row of a single null is an empty line, which COPY reads as that null
            await writer.WriteAsync('\n');
            count++;
        }

        return count;
    }

    /// <summary>The row that a refusal is about, for example <c>row 3, column id: "x"</c>; null where it names none.</summary>
    public static string? PlaceOf(Exception refusal)
    {
        // the server counts the rows after the header: "COPY countries__dbt_tmp, line 3, column id: ..."
        const string Line = ", line ";
        return refusal is PostgresException { Where: { } where } && where.IndexOf(Line, StringComparison.Ordinal) is > 0 and var at
            ? $"row {where[(at + Line.Length)..].ReplaceLineEndings(" ")}"
            : null;
    }
}

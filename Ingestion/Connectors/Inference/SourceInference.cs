using Ingestion.Connectors.Json;
using Ingestion.Connectors.Sources;
using Models.Contracts;

namespace Ingestion.Connectors.Inference;

/// <summary>Writes a first contract for a source from a sample of its records.</summary>
public static class SourceInference
{
    /// <param name="draft">The source: its name, format and options; its fields are ignored.</param>
    /// <param name="location">Where the source is.</param>
    /// <param name="sample">The records that are read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source cannot be read.</exception>
    public static async Task<InferredContract> InferAsync(Contract draft, SourceLocation location, long sample, CancellationToken cancellationToken)
    {
        var isJson = draft.Format is "json" or "ndjson" or "http";
        // a format with a header adds all of its columns as texts; of JSON records every field is unknown
        var open = draft with { Fields = [], PrimaryKey = [], OnSchemaChange = isJson ? OnSchemaChange.Ignore : OnSchemaChange.AddColumns };
        await using var reader = await ConnectorTable.For(open).OpenAsync(open, location, cancellationToken);
        var json = new JsonInference();
        var columns = reader.Contract.Fields.Select(f => new ColumnGuess(f.Name)).ToList();
        var records = 0L;
        var unread = 0L;
        for (; records < sample && await reader.ReadAsync(cancellationToken); records++)
        {
            if (reader is JsonFileReader { Document: { } record })
                json.Add(record);
            else if (reader.Problem is not null || isJson)
                unread++;
            else
                Add(reader, columns);
        }

        var guesses = isJson ? json.Columns : columns;
        var read = records - unread;
        return new InferredContract(
            draft,
            [.. guesses.Select(g => new ContractField(g.Name, g.Type, draft.Span) { Required = read > 0 && g.Values == read })],
            [.. guesses.Where(g => g.IsUnique && g.Values == read && read > 0).Select(g => g.Name)],
            Notes(guesses, read, unread, isWhole: records < sample));
    }

    private static void Add(RecordReader reader, List<ColumnGuess> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (reader[i] is { } text && !string.IsNullOrWhiteSpace(text))
                columns[i].AddText(text, isJson: false);
        }
    }

    private static List<string> Notes(IReadOnlyList<ColumnGuess> columns, long records, long unread, bool isWhole)
    {
        var notes = new List<string>();
        if (!isWhole)
            notes.Add($"only the first {records + unread} records were read");
        if (unread > 0)
            notes.Add($"{unread} records could not be read");
        foreach (var column in columns)
        {
            if (column.Values == 0)
                notes.Add($"'{column.Name}' has no value, so that its type is not known; text is assumed");
            else if (column.Odd is { } odd)
                notes.Add($"'{column.Name}' is a text because of '{odd}'; other values are not");
            else if (column.Values < 10)
                notes.Add($"'{column.Name}' has {column.Values} values only");
        }

        return notes;
    }
}

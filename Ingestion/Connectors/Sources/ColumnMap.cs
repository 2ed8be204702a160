using System.Text;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Sources;

/// <summary>Maps the contract's fields to a source's columns, and checks that they exist.</summary>
internal static class ColumnMap
{
    /// <summary>Source: PostgreSQL documentation, 4.1.1.</summary>
    private const int MaxNameBytes = 63;

    private static readonly FieldType Text = new(FieldKind.Text, "text");

    /// <summary>
    /// For each field its column's position, or -1 for an optional field that the source does not have. Names are compared ignoring case, surrounding
    /// blanks, and whether words are joined by a blank, hyphen or underscore.
    /// </summary>
    /// <param name="contract">The contract.</param>
    /// <param name="columns">The source's column names; null for a column to ignore.</param>
    /// <param name="span">The position of the column names, for messages.</param>
    /// <exception cref="DiagnosticException">A required column is missing, or a column is not in the contract.</exception>
    public static int[] Create(Contract contract, IReadOnlyList<string?> columns, SourceSpan span)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] is { } column && !positions.TryAdd(Normalise(column), i))
                throw new DiagnosticException(IngestionDiagnostics.DuplicateColumn(span, column));
        }

        var map = new int[contract.Fields.Count];
        for (var i = 0; i < map.Length; i++)
        {
            var field = contract.Fields[i];
            if (positions.Remove(Normalise(field.Name), out var position))
                map[i] = position;
            else if (field.Required)
                throw new DiagnosticException(IngestionDiagnostics.MissingColumn(span, field.Name, contract.Span.File, [.. columns.OfType<string>()]));
            else
                map[i] = -1;
        }

        if (positions.Count > 0 && contract.OnSchemaChange != OnSchemaChange.Ignore)
            throw new DiagnosticException(
                IngestionDiagnostics.UnexpectedColumn(span, columns[positions.Values.Min()]!, contract.Span.File, contract.Fields.Select(f => f.Name)));

        return map;
    }

    /// <summary>
    /// Returns the contract with a text field for each additional column, if it allows columns to be added. A name that is invalid for a raw table's
    /// column is not added, and is then reported as unexpected.
    /// </summary>
    public static Contract Extend(Contract contract, IEnumerable<string?> columns)
    {
        if (contract.OnSchemaChange != OnSchemaChange.AddColumns)
            return contract;

        var known = contract.Fields.Select(f => Normalise(f.Name)).ToHashSet(StringComparer.Ordinal);
        var added = columns.OfType<string>().Select(Normalise)
            .Where(name => name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes
                && !name.StartsWith(MetadataColumns.Prefix, StringComparison.Ordinal) && known.Add(name))
            .Select(name => new ContractField(name, Text, contract.Span));
        return contract with { Fields = [.. contract.Fields, .. added] };
    }

    /// <summary>Throws if the contract allows columns to be added, for a source in which each record has its own names.</summary>
    public static void RefuseNewColumns(Contract contract)
    {
        if (contract.OnSchemaChange == OnSchemaChange.AddColumns)
            throw new DiagnosticException(IngestionDiagnostics.NoNewColumns(contract.Span, contract.Format));
    }

    /// <summary>For each column its field, or -1 for a column that the contract does not have.</summary>
    public static int[] FindFields(Contract contract, IEnumerable<string> columns)
    {
        var names = contract.Fields.Select(f => Normalise(f.Name)).ToList();
        return [.. columns.Select(c => names.IndexOf(Normalise(c)))];
    }

    /// <summary>The number of the contract's fields among these columns.</summary>
    public static int CountMatches(Contract contract, IEnumerable<string> columns)
    {
        var names = columns.Select(Normalise).ToHashSet(StringComparer.Ordinal);
        return contract.Fields.Count(f => names.Contains(Normalise(f.Name)));
    }

    private static string Normalise(string name) => name.Trim().Replace(' ', '_').Replace('-', '_').ToLowerInvariant();
}

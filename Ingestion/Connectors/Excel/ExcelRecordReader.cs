using Ingestion.Connectors.Files;
using Models.Contracts;

namespace Ingestion.Connectors.Excel;

/// <summary>Reads the rows of one sheet by row number. Empty rows are skipped.</summary>
internal sealed class ExcelRecordReader(
    DataFile file,
    Contract contract,
    IEnumerator<IDictionary<string, object?>> rows,
    IReadOnlyList<string?> columns,
    int[] positions) : TypedRecordReader(file, contract)
{
    protected override string Kind => ExcelConnector.Kind;

    protected override string Unit => "row";

    protected override ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        // row 1 is the header
        Number = Math.Max(Number, 2);
        while (rows.MoveNext())
        {
            var cells = rows.Current.ToArray();
            if (Array.TrueForAll(cells, c => IsBlank(c.Value)))
            {
                Number++;
                continue;
            }

            Take(cells);
            return ValueTask.FromResult(true);
        }

        return ValueTask.FromResult(false);
    }

    public override ValueTask DisposeAsync()
    {
        rows.Dispose();
        return base.DisposeAsync();
    }

    private void Take(KeyValuePair<string, object?>[] cells)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var value = positions[i] >= 0 && positions[i] < cells.Length ? cells[positions[i]].Value : null;
            Set(i, value);
            if (value is string text && IsError(text))
                Refuse($"{Contract.Fields[i].Name} is the error {text}");
        }

        for (var i = 0; i < cells.Length; i++)
        {
            if ((i >= columns.Count || columns[i] is null) && !IsBlank(cells[i].Value))
                Refuse($"column {cells[i].Key}, which has no name, has the value '{cells[i].Value}'");
        }
    }

    private static bool IsBlank(object? value) => value is null || (value is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>Source: ECMA-376, part 1, 18.17.3, error values.</summary>
    private static bool IsError(string text) => text is "#DIV/0!" or "#N/A" or "#NAME?" or "#NULL!" or "#NUM!" or "#REF!" or "#VALUE!";
}

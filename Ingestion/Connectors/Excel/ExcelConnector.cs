using System.IO.Compression;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using MiniExcelLibs;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Excel;

/// <summary>Reads one sheet of an Excel workbook (.xlsx, ECMA-376), whose first row contains the column names.</summary>
internal sealed class ExcelConnector : IConnector
{
    internal const string Kind = "xlsx";

    private const long Megabyte = 1024 * 1024;

    public string Format => Kind;

    public IReadOnlyList<string> FileEndings => [".xlsx"];

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var file = await DataFile.OpenBinaryAsync(contract, location, cancellationToken);
        try
        {
            return await TypedRecordReader.GuardAsync(file.Path, Kind, () => ValueTask.FromResult(Open(file, contract)));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static RecordReader Open(DataFile file, Contract contract)
    {
        CheckSize(file, contract);
        var sheet = ChooseSheet(file, contract);
        file.Content.Position = 0;
        var rows = MiniExcel.Query(file.Content, useHeaderRow: false, sheet, ExcelType.XLSX).Cast<IDictionary<string, object?>>().GetEnumerator();
        if (!rows.MoveNext())
            throw new DiagnosticException(IngestionDiagnostics.Empty(file.Path, $"the columns of {contract.Span.File} in the first row of sheet '{sheet}'"));

        var columns = rows.Current.Values.Select(v => string.IsNullOrWhiteSpace(v?.ToString()) ? null : v.ToString()!.Trim()).ToList();
        contract = ColumnMap.Extend(contract, columns);
        return new ExcelRecordReader(file, contract, rows, columns, ColumnMap.Create(contract, columns, SourceSpan.WholeFile($"{file.Path}, sheet {sheet}")));
    }

    /// <summary>Checks the uncompressed size that the archive declares; the reader stops at that size.</summary>
    private static void CheckSize(DataFile file, Contract contract)
    {
        using var archive = new ZipArchive(file.Content, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Sum(e => e.Length) > contract.Options.MaxUnpackedMegabytes * Megabyte)
            throw new DiagnosticException(IngestionDiagnostics.UnpacksTooFar(file.Path, contract.Options.MaxUnpackedMegabytes, contract.Span.File));
    }

    private static string ChooseSheet(DataFile file, Contract contract)
    {
        file.Content.Position = 0;
        var sheets = MiniExcel.GetSheetNames(file.Content);
        if (contract.Options.Sheet is { } named)
        {
            return sheets.Contains(named)
                ? named
                : throw new DiagnosticException(IngestionDiagnostics.UnknownSheet(file.Path, named, sheets, contract.Span.File));
        }

        return sheets is [var only] ? only : throw new DiagnosticException(IngestionDiagnostics.SeveralSheets(file.Path, sheets, contract.Span.File));
    }
}

using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>Reads a contract's sync mode, and checks that the contract meets the mode's requirements.</summary>
internal static class SyncReader
{
    public static (SyncMode Mode, string? Cursor) Read(
        YamlMap map,
        List<ContractField> fields,
        bool hasKey,
        ContractOptions options,
        string file,
        DiagnosticBag diagnostics)
    {
        var mode = ReadMode(map, file, diagnostics);
        var cursor = map.Text("cursor");
        if (cursor is not null)
            CheckCursor(cursor, mode, fields, YamlMap.SpanOf(map.Find("cursor")!, file), diagnostics);
        else if (mode.NeedsCursor())
            diagnostics.Add(ContractDiagnostics.MissingForMode(map.Span, mode.Name(), "cursor", "updated_at"));
        if (mode.NeedsKey() && !hasKey)
            diagnostics.Add(ContractDiagnostics.MissingForMode(map.Span, mode.Name(), "primary_key", "[id]"));
        if (mode.NeedsWholeSource() && options.Files.Count > 0)
            diagnostics.Add(ContractDiagnostics.SeveralFiles(YamlMap.SpanOf(map.Find("file")!, file), mode.Name()));

        return (mode, cursor);
    }

    /// <summary>Reads the records of a part. Parts are for a mode that only appends, and for files, which are read in the same order again.</summary>
    public static int? ReadCommitEvery(YamlMap map, SyncMode mode, ContractOptions options, string file, DiagnosticBag diagnostics)
    {
        var records = map.Count("commit_every");
        if (records is not null && (mode != SyncMode.FullRefreshAppend || (options.File.Length == 0 && options.Files.Count == 0)))
            diagnostics.Add(ContractDiagnostics.MisplacedParts(YamlMap.SpanOf(map.Find("commit_every")!, file)));

        return records;
    }

    private static SyncMode ReadMode(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        if (map.Text("sync_mode") is not { } name)
            return default;
        if (SyncModes.Find(name) is { } mode)
            return mode;

        diagnostics.Add(ContractDiagnostics.UnknownSyncMode(
            YamlMap.SpanOf(map.Find("sync_mode")!, file), name, NearName.Hint(name, SyncModes.All), string.Join(", ", SyncModes.All)));
        return default;
    }

    private static void CheckCursor(string cursor, SyncMode mode, List<ContractField> fields, SourceSpan span, DiagnosticBag diagnostics)
    {
        if (!mode.NeedsCursor())
            diagnostics.Add(ContractDiagnostics.MisplacedCursor(span, mode.Name()));
        else if (fields.Find(f => f.Name == cursor) is not { } field)
            diagnostics.Add(ContractDiagnostics.UnknownCursor(span, cursor, NearName.Hint(cursor, fields.Select(f => f.Name))));
        else if (
            !field.Required || field.Type.Kind is not (FieldKind.SmallInt or FieldKind.Integer or FieldKind.BigInt or FieldKind.Numeric) && !field.Type.IsTime)
            diagnostics.Add(ContractDiagnostics.UnfitCursor(span, cursor));
    }
}

using System.Globalization;
using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>Reads contract files. Every error is a diagnostic at its line; reading continues after an error.</summary>
public static class ContractReader
{
    /// <summary>The folder of a project that holds its contracts.</summary>
    public const string FolderName = "contracts";

    /// <summary>Reads one contract; returns null if the file has an error, which is added to <paramref name="diagnostics"/>.</summary>
    public static Contract? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            return Read(new SourceText(path, TextFile.ReadAllText(path)), diagnostics);
        }
        catch (TextFileException exception)
        {
            diagnostics.Add(ContractDiagnostics.Unreadable(exception.Fault.Span, exception.Fault.Reason));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ContractDiagnostics.Unreadable(SourceSpan.WholeFile(path), exception.Message));
            return null;
        }
    }

    /// <summary>Reads one contract from its text.</summary>
    public static Contract? Read(SourceText source, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var contract = ReadRoot(source, found) is { } root ? ReadContract(root, source.Path, found) : null;
        foreach (var diagnostic in found.ToSortedList())
            diagnostics.Add(diagnostic);

        return found.HasErrors ? null : contract;
    }

    /// <summary>Reads all contracts of a project, ordered by name; returns none for a project without the folder.</summary>
    public static IReadOnlyList<Contract> ReadAll(string projectDirectory, DiagnosticBag diagnostics)
    {
        var folder = Path.Combine(projectDirectory, FolderName);
        if (!Directory.Exists(folder))
            return [];

        var contracts = new SortedDictionary<string, Contract>(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".yml" or ".yaml")
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (Read(file, diagnostics) is { } contract && !contracts.TryAdd(contract.Name, contract))
                diagnostics.Add(ContractDiagnostics.DuplicateContract(contract.Span, contract.Name, contracts[contract.Name].Span.File));
        }

        return [.. contracts.Values];
    }

    private static YamlMap? ReadRoot(SourceText source, DiagnosticBag diagnostics) =>
        YamlMap.Read(source, "contract", "one mapping with name, format and fields", ContractDiagnostics.InvalidYaml, diagnostics);

    private static Contract? ReadContract(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var name = map.RequiredText("name", Path.GetFileNameWithoutExtension(file));
        var span = map.Find("name") is { } nameNode ? YamlMap.SpanOf(nameNode, file) : map.Span;
        var description = map.Text("description") ?? "";
        var format = map.RequiredText("format", "csv");
        var options = ReadOptions(map, diagnostics, file);
        var limits = ReadLimits(map);
        var key = map.Texts("primary_key");
        var fields = ReadFields(map, file, diagnostics);
        var sync = SyncReader.Read(map, fields, key.Count > 0, options, file, diagnostics);
        var onSchemaChange = ReadOnSchemaChange(map);
        var commitEvery = SyncReader.ReadCommitEvery(map, sync.Mode, options, file, diagnostics);
        map.ReportUnknownKeys();
        CheckKey(key, fields, diagnostics);
        if (name is null || format is null)
            return null;

        return new Contract
        {
            Name = name,
            Span = span,
            Description = description.Trim(),
            Format = format,
            Fields = fields,
            PrimaryKey = [.. key.Select(k => k.Text)],
            SyncMode = sync.Mode,
            Cursor = sync.Cursor,
            OnSchemaChange = onSchemaChange,
            CommitEvery = commitEvery,
            Options = options,
            Limits = limits,
        };
    }

    private static LoadLimits ReadLimits(YamlMap map)
    {
        var limits = new LoadLimits();
        if (map.Text("min_rows") is { } minRows)
        {
            if (TryReadCount(minRows, out var rows))
                limits = limits with { MinRows = rows };
            else
                map.ReportShape(map.Find("min_rows")!, "min_rows", "a number of rows, 0 or more");
        }

        if (map.Text("max_bad_rows") is not { } maxBadRows)
            return limits;
        if (TryReadCount(maxBadRows, out var bad))
            return limits with { MaxBadRows = bad };
        if (maxBadRows.EndsWith('%') && decimal.TryParse(maxBadRows.AsSpan(..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent <= 100)
            return limits with { MaxBadPercent = percent };

        map.ReportShape(map.Find("max_bad_rows")!, "max_bad_rows", "a number of rows (10) or a share of them (5%)");
        return limits;
    }

    private static OnSchemaChange ReadOnSchemaChange(YamlMap map)
    {
        switch (map.Text("on_schema_change"))
        {
            case null or "fail":
                return OnSchemaChange.Fail;
            case "add_columns":
                return OnSchemaChange.AddColumns;
            case "ignore":
                return OnSchemaChange.Ignore;
            default:
                map.ReportShape(map.Find("on_schema_change")!, "on_schema_change", "one of fail, add_columns, ignore");
                return OnSchemaChange.Fail;
        }
    }

    private static bool TryReadCount(string text, out long count) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static ContractOptions ReadOptions(YamlMap map, DiagnosticBag diagnostics, string file)
    {
        var files = map.Texts("file");
        var options = files is [{ Text: var only }] && !only.Contains('*', StringComparison.Ordinal)
            ? new ContractOptions { File = only }
            : new ContractOptions { Files = [.. files.Select(f => f.Text)] };
        if (map.Map("options", "the options") is not { } read)
            return options;

        options = options with
        {
            Delimiter = read.Character("delimiter"),
            Encoding = read.Text("encoding"),
            IndexColumn = read.Boolean("index_column"),
            ThousandsSeparator = read.Character("thousands_separator"),
            DecimalSeparator = read.Character("decimal_separator") ?? '.',
            NullValues = [.. read.Texts("null_values").Select(v => v.Text)],
            Connection = read.Text("connection") ?? "",
            Table = read.Text("table") ?? "",
            From = read.Text("from") ?? "",
            Seed = read.Text("seed") ?? "",
            RecordPath = read.Text("record") ?? "",
            Sheet = read.Text("sheet"),
            Dataset = read.Text("dataset") ?? "",
            Rows = read.Whole("rows"),
            RandomSeed = read.Count("random_seed") ?? options.RandomSeed,
            Store = read.Text("store") ?? "",
            Key = read.Text("key") ?? "",
            KeepDays = read.Count("keep_days") ?? options.KeepDays,
            MaxRequestKilobytes = read.Count("max_request_kb") ?? options.MaxRequestKilobytes,
            Http = HttpOptionsReader.Read(read, diagnostics),
            MaxUnpackedMegabytes = read.Count("max_unpacked_mb") ?? options.MaxUnpackedMegabytes,
        };
        read.ReportUnknownKeys();
        if (options.ThousandsSeparator == options.DecimalSeparator)
            diagnostics.Add(ContractDiagnostics.WrongShape(
                YamlMap.SpanOf(read.Find("thousands_separator")!, file), "thousands_separator", "another character than the decimal separator"));

        return options;
    }

    private static List<ContractField> ReadFields(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var fields = new List<ContractField>();
        if (map.Find("fields") is null)
            diagnostics.Add(ContractDiagnostics.MissingKey(map.Span, "the contract", "fields", "[...]"));

        foreach (var node in map.Maps("fields"))
        {
            if (ReadField(new YamlMap(node, "a field", file, diagnostics), file, diagnostics) is not { } field)
                continue;

            if (fields.Exists(f => f.Name == field.Name))
                diagnostics.Add(ContractDiagnostics.DuplicateField(field.Span, field.Name));
            else
                fields.Add(field);
        }

        return fields;
    }

    private static ContractField? ReadField(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var name = map.RequiredText("name", "contact_id");
        var typeText = map.RequiredText("type", "text");
        var required = map.Boolean("required") ?? false;
        var description = map.Text("description") ?? "";
        var format = map.Text("format");
        var unit = map.Text("unit") ?? "";
        if (name is null || typeText is null)
            return null;

        var nameSpan = YamlMap.SpanOf(map.Find("name")!, file);
        if (name.StartsWith(MetadataColumns.Prefix, StringComparison.OrdinalIgnoreCase))
            diagnostics.Add(ContractDiagnostics.ReservedName(nameSpan, name));

        if (!FieldType.TryParse(typeText, out var type))
        {
            var typeSpan = YamlMap.SpanOf(map.Find("type")!, file);
            var near = NearName.Hint(typeText, FieldType.KnownSpellings);
            diagnostics.Add(ContractDiagnostics.UnknownType(typeSpan, typeText, name, near, string.Join(", ", FieldType.KnownSpellings)));
            return null;
        }

        if (format is not null && !type.IsTime)
            diagnostics.Add(ContractDiagnostics.MisplacedFormat(YamlMap.SpanOf(map.Find("format")!, file), name, type.Name));

        var field = FieldCheckReader.Read(map, new ContractField(name, type, nameSpan), file, diagnostics);
        map.ReportUnknownKeys();
        return field with { Required = required, Description = description.Trim(), Format = format, Unit = unit };
    }

    private static void CheckKey(IReadOnlyList<(string Text, SourceSpan Span)> key, List<ContractField> fields, DiagnosticBag diagnostics)
    {
        foreach (var (name, span) in key)
        {
            if (fields.Find(f => f.Name == name) is not { } field)
                diagnostics.Add(ContractDiagnostics.UnknownKeyField(span, name, NearName.Hint(name, fields.Select(f => f.Name))));
            else if (!field.Required)
                diagnostics.Add(ContractDiagnostics.OptionalKeyField(span, name));
        }
    }
}

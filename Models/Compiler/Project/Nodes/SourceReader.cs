using Models.Compiler.Graph;
using Models.Compiler.Project.Configuration;
using Models.Compiler.Project.Properties;
using Models.Compiler.Project.Yaml;
using Models.Contracts;
using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Compiler.Project.Nodes;

/// <summary>Reads source tables. Source: docs.getdbt.com/reference/source-properties.</summary>
internal sealed class SourceReader(ParseSession session)
{
    public void Read()
    {
        var overrides = session.Properties.Sources.Where(s => s.Yaml["overrides"] is not null).ToList();
        foreach (var source in session.Properties.Sources)
        {
            if (overrides.Contains(source))
                continue;

            var over = overrides.Find(o => o.Name == source.Name && o.File.Text(o.Yaml["overrides"]) == source.File.Package.Name);
            if (source.Yaml["tables"] is not YamlSequence tables)
                continue;

            foreach (var item in tables.Items)
            {
                if (item is YamlMapping table && source.File.Text(table["name"]) is { Length: > 0 } name)
                    session.Add(ReadTable(source, table, name, over));
                else
                    session.Diagnostics.Add(ProjectDiagnostics.MissingKey(item.Span, $"a table of source '{source.Name}'", "name"));
            }
        }
    }

    private SourceNode ReadTable(NodeProperties source, YamlMapping table, string name, NodeProperties? over)
    {
        var file = source.File;
        var package = file.Package;
        var yaml = source.Yaml;
        var config = table["config"] as YamlMapping;
        var sourceConfig = yaml["config"] as YamlMapping;
        var node = new SourceNode
        {
            UniqueId = $"source.{package.Name}.{source.Name}.{name}",
            Name = name,
            SourceName = source.Name,
            PackageName = package.Name,
            OriginalFilePath = file.Relative,
            PathInFolder = file.Relative,
            Span = table["name"]?.Span ?? table.Span,
            Fqn = ParseSession.Fqn(package.Name, BelowModelPath(package, file.Relative), source.Name, name),
            Relation = QuotingFold.Apply(
                new Relation(
                    Pick(over?.Yaml["database"], yaml["database"], file) ?? session.Project.Target.Database,
                    Pick(over?.Yaml["schema"], yaml["schema"], file) ?? source.Name,
                    file.Text(table["identifier"]) ?? name),
                file.Value(yaml["quoting"]) as JinjaDict,
                file.Value(table["quoting"]) as JinjaDict),
        };
        node = session.Configure(node, package, described: null, more: Settings(source, table));
        return WithColumns(source, table, node with
        {
            Description = file.Description(table["description"]),
            SourceDescription = file.Description(yaml["description"]),
            Loader = file.Text(table["loader"]) ?? file.Text(yaml["loader"]) ?? "",
            SourceMeta = file.Dictionary(yaml["meta"]),
            UnrenderedDatabase = Written("database"),
            UnrenderedSchema = Written("schema"),
            LoadedAtField = Setting("loaded_at_field"),
            LoadedAtQuery = Setting("loaded_at_query"),
            Freshness = Freshness(file, config?["freshness"] ?? table["freshness"], sourceConfig?["freshness"] ?? yaml["freshness"]),
        });

        string? Written(string key) => (over?.Yaml[key] is { } overriding && file.Text(overriding) is not null ? overriding : yaml[key])?.ToTemplateValue()?.ToString();

        string? Setting(string key) =>
            file.Text(config?[key]) ?? file.Text(table[key]) ?? file.Text(sourceConfig?[key]) ?? file.Text(yaml[key]) ?? node.Config.GetString(key);
    }

    private static string? Pick(YamlValue? over, YamlValue? own, PropertiesFile file) => file.Text(over) ?? file.Text(own);

    /// <summary>The source's settings first, its table's after them.</summary>
    private static List<ConfigSetting> Settings(NodeProperties source, YamlMapping table)
    {
        var own = new NodeProperties(source.File, source.Name, table);
        return [.. source.Settings().Where(s => s.Key != "docs"), .. own.Settings().Where(s => s.Key != "docs")];
    }

    /// <summary>The table's freshness laid over the source's; an explicit null turns it off.</summary>
    private static IReadOnlyDictionary<string, object?>? Freshness(PropertiesFile file, YamlValue? ofTable, YamlValue? ofSource)
    {
        if (ofTable is YamlScalar { IsNull: true } || (ofTable is null && ofSource is not YamlMapping))
            return null;

        var merged = new Dictionary<string, object?>(file.Dictionary(ofSource), StringComparer.Ordinal);
        foreach (var (key, value) in file.Dictionary(ofTable))
            merged[key] = value;

        return merged.Count == 0 ? null : merged;
    }

    /// <summary>The table with its declared columns, or those of the ingestion contract that it names.</summary>
    private SourceNode WithColumns(NodeProperties source, YamlMapping table, SourceNode node)
    {
        var declared = ColumnReader.Read(source.File, table["columns"]);
        if (ContractOf(node) is not { } path)
            return node with { Columns = declared };

        var file = Path.GetFullPath(Path.Combine(source.File.Package.Root, path));
        session.Project.Options.Reads.Note(file);
        if (!File.Exists(file))
        {
            session.Diagnostics.Add(ProjectDiagnostics.ContractMissing(node.Span, path, $"{node.SourceName}.{node.Name}"));
            return node with { Columns = declared };
        }

        if (ContractReader.Read(file, session.Diagnostics) is not { } contract)
            return node with { Columns = declared, ContractFile = file };

        var byName = declared.ToDictionary(c => c.Name, StringComparer.Ordinal);
        return node with
        {
            ContractFile = file,
            Description = node.Description.Length == 0 ? contract.Description : node.Description,
            Columns = [.. contract.Columns.Select(c => Join(c, byName.GetValueOrDefault(c.Name, new ColumnDefinition(c.Name))))],
        };
    }

    /// <summary>What the properties file adds to a contract's column; the type stays the contract's.</summary>
    private static ColumnDefinition Join(ContractColumn contract, ColumnDefinition own) => own with
    {
        DataType = contract.DataType,
        NotNull = contract.NotNull || own.NotNull,
        Description = own.Description.Length > 0 ? own.Description : contract.Description,
    };

    /// <summary><c>meta: {leadline: {contract: contracts/x.yml}}</c>.</summary>
    private static string? ContractOf(SourceNode node) =>
        node.Meta.TryGetValue("leadline", out var ours) && ours is JinjaDict dict && dict.TryGetValue("contract", out var path) && path is not null
            ? PythonText.Str(path)
            : null;

    private static string BelowModelPath(ProjectFile package, string relative) => PropertyPaths.Below(package.ModelPaths, relative);
}

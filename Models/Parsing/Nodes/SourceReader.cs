using Models.Contracts;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes;

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
        var written = new SourceTable(source, table, over, name);
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
                    file.Text(written.OfSource("database")) ?? session.Project.Target.Database,
                    file.Text(written.OfSource("schema")) ?? source.Name,
                    file.Text(written.OfTable("identifier")) ?? name),
                file.Value(written.OfSource("quoting")) as JinjaDict,
                file.Value(written.OfTable("quoting")) as JinjaDict),
        };
        node = session.Configure(node, package, described: null, more: written.Settings());
        node = WithLoadedAt(node, written, file);
        var root = session.Project.Packages[0];
        var freshness = written.Freshness([.. ProjectFreshness(package, node), .. ReferenceEquals(package, root) ? [] : ProjectFreshness(root, node)]);
        return WithColumns(source, written.OfTable("columns"), node with
        {
            Description = file.Description(written.OfTable("description")),
            SourceDescription = file.Description(written.OfSource("description")),
            Loader = file.Text(written.OfTable("loader")) ?? file.Text(written.OfSource("loader")) ?? "",
            SourceMeta = file.Dictionary(written.OfSource("meta")),
            UnrenderedDatabase = written.OfSource("database")?.ToTemplateValue()?.ToString(),
            UnrenderedSchema = written.OfSource("schema")?.ToTemplateValue()?.ToString(),
            Freshness = freshness.Result,
            Config = node.Config.With("freshness", freshness.Configured),
        });
    }

    /// <summary>A loaded_at field and a loaded_at query are alternatives: a table that has one of them does not inherit the source's other one.</summary>
    private SourceNode WithLoadedAt(SourceNode node, SourceTable written, PropertiesFile file)
    {
        var (tableField, tableQuery) = (written.TableSetting("loaded_at_field"), written.TableSetting("loaded_at_query"));
        var (field, query) = tableField is null && tableQuery is null
            ? (written.SourceSetting("loaded_at_field"), written.SourceSetting("loaded_at_query"))
            : (tableField, tableQuery);
        if (field is not null && query is not null)
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(query.Span, "loaded_at_query", "loaded_at_field",
                $"only one of the two for the source '{node.SourceName}.{node.Name}'"));
        if (field is null && query is null)
            return node with { LoadedAtField = node.Config.GetString("loaded_at_field"), LoadedAtQuery = node.Config.GetString("loaded_at_query") };

        // the query is rendered when freshness is checked, because it may use 'this'
        var (fieldText, queryText) = (file.Text(field), (query as YamlScalar)?.Text);
        return node with
        {
            LoadedAtField = fieldText,
            LoadedAtQuery = queryText,
            Config = node.Config.With("loaded_at_field", fieldText).With("loaded_at_query", queryText),
        };
    }

    private static IEnumerable<object?> ProjectFreshness(ProjectFile project, SourceNode node) =>
        project.ConfigFor(ResourceType.Source).LevelsFor(node.Fqn).SelectMany(l => l.Settings).Where(s => s.Key == "freshness").Select(s => s.Value);

    /// <summary>Returns the table with its declared columns, or those of its ingestion contract.</summary>
    private SourceNode WithColumns(NodeProperties source, YamlValue? columns, SourceNode node)
    {
        var declared = ColumnReader.Read(source.File, columns);
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

    /// <summary>Merges a column of the properties file into the contract's column; the type is the contract's.</summary>
    private static ColumnDefinition Join(ContractColumn contract, ColumnDefinition own) => own with
    {
        DataType = contract.DataType,
        NotNull = contract.NotNull || own.NotNull,
        Description = own.Description.Length > 0 ? own.Description : contract.Description,
    };

    /// <summary>The path in <c>meta: {leadline: {contract: contracts/x.yml}}</c>.</summary>
    private static string? ContractOf(SourceNode node) =>
        node.Meta.TryGetValue("leadline", out var ours) && ours is JinjaDict dict && dict.TryGetValue("contract", out var path) && path is not null
            ? PythonText.Str(path)
            : null;

    private static string BelowModelPath(ProjectFile package, string relative) => PropertyPaths.Below(package.ModelPaths, relative);
}

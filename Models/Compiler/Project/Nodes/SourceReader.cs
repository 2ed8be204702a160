using Models.Compiler.Contracts;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project.Properties;
using Models.Compiler.Project.Yaml;
using Models.Compiler.Templates.Rendering;

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
        session.Configure(node, package, described: null, more: written.Settings());
        node.Description = file.Description(written.OfTable("description"));
        node.SourceDescription = file.Description(written.OfSource("description"));
        node.Loader = file.Text(written.OfTable("loader")) ?? file.Text(written.OfSource("loader")) ?? "";
        node.SourceMeta = file.Dictionary(written.OfSource("meta"));
        SetLoadedAt(node, written, file);
        node.Freshness = written.Freshness([.. ProjectFreshness(package, node), .. ReferenceEquals(package, session.Project.Packages[0]) ? [] : ProjectFreshness(session.Project.Packages[0], node)]);
        if (node.Freshness is not null)
            node.Config.Set("freshness", SourceFreshness.InFull(node.Freshness));
        node.PatchPath = null;
        node.Columns = ReadColumns(source, written.OfTable("columns"), node);
        return node;
    }

    /// <summary>Field and query are two answers to one question: where a table gives one of them, the source's other does not count.</summary>
    private static void SetLoadedAt(SourceNode node, SourceTable written, PropertiesFile file)
    {
        var (tableField, tableQuery) = (written.TableSetting("loaded_at_field"), written.TableSetting("loaded_at_query"));
        var (field, query) = tableField is null && tableQuery is null
            ? (written.SourceSetting("loaded_at_field"), written.SourceSetting("loaded_at_query"))
            : (tableField, tableQuery);
        if (field is null && query is null)
        {
            node.LoadedAtField = node.Config.GetString("loaded_at_field");
            node.LoadedAtQuery = node.Config.GetString("loaded_at_query");
            return;
        }

        node.LoadedAtField = file.Text(field);

        // rendered when the source is asked: 'this' is known then
        node.LoadedAtQuery = (query as YamlScalar)?.Text;
        node.Config.Set("loaded_at_field", node.LoadedAtField);
        node.Config.Set("loaded_at_query", node.LoadedAtQuery);
    }

    private static IEnumerable<object?> ProjectFreshness(ProjectFile project, SourceNode node) =>
        project.ConfigFor(ResourceType.Source).LevelsFor(node.Fqn).SelectMany(l => l.Settings).Where(s => s.Key == "freshness").Select(s => s.Value);

    private IReadOnlyList<ColumnDefinition> ReadColumns(NodeProperties source, YamlValue? columns, SourceNode node)
    {
        var declared = ColumnReader.Read(source.File, columns);
        if (ContractOf(node) is not { } path)
            return declared;

        var file = Path.GetFullPath(Path.Combine(source.File.Package.Root, path));
        session.Project.Options.Reads.Note(file);
        if (!File.Exists(file))
        {
            session.Diagnostics.Add(ProjectDiagnostics.ContractMissing(node.Span, path, $"{node.SourceName}.{node.Name}"));
            return declared;
        }

        node.ContractFile = file;
        if (ContractReader.Read(file, session.Diagnostics) is not { } contract)
            return declared;

        if (node.Description.Length == 0)
            node.Description = contract.Description;
        var said = declared.ToDictionary(c => c.Name, StringComparer.Ordinal);
        return [.. contract.Columns.Select(c => said.TryGetValue(c.Name, out var own) ? Join(c, own) : c)];
    }

    /// <summary>What the properties file adds to a contract's column; the type stays the contract's.</summary>
    private static ColumnDefinition Join(ColumnDefinition contract, ColumnDefinition own) => own with
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
